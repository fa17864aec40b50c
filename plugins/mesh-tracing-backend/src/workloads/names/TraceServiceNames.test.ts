import type { Entity } from '@backstage/catalog-model';
import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import { MeshClusters } from '../../clusters';
import { FakeTraceStore } from '../../testing/portal/FakeTraceStore';
import { exampleTraces } from '../../testing/portal/exampleTraces';
import { workload } from '../../testing/sampling/samplingHarness';
import { TraceStores } from '../../tracestore';
import { TraceServiceNames } from './TraceServiceNames';

function entity(annotations: Record<string, string> = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'frontend', annotations },
  };
}

function setUp(storeNames: string[], traceStore?: string) {
  const stores = storeNames.map(
    name => new FakeTraceStore(name, exampleTraces(0)),
  );
  return TraceServiceNames.create({
    clusters: MeshClusters.create([
      { name: 'main', traceStore } as unknown as MeshCluster,
    ]),
    stores: TraceStores.create(stores),
  });
}

describe('TraceServiceNames', () => {
  const mapped = {
    entity: entity(),
    workloads: [workload('frontend')],
    snapshots: [],
  };

  describe('the store of an entity', () => {
    it('is the only one that is configured', () => {
      expect(setUp(['one']).storeOf(mapped).name).toBe('one');
    });

    it("is that of the workloads' cluster", () => {
      expect(setUp(['one', 'two'], 'two').storeOf(mapped).name).toBe('two');
    });

    it('is the one that the entity names', () => {
      const named = {
        ...mapped,
        entity: entity({ 'meshtracing.io/trace-store': 'one' }),
      };
      expect(setUp(['one', 'two'], 'two').storeOf(named).name).toBe('one');
    });

    it('is refused where it is not configured, in a message that names the annotation', () => {
      const named = {
        ...mapped,
        entity: entity({ 'meshtracing.io/trace-store': 'three' }),
      };
      expect(() => setUp(['one', 'two']).storeOf(named)).toThrow(
        expect.objectContaining({
          name: 'InputError',
          meshTracing: expect.objectContaining({
            field: 'meshtracing.io/trace-store',
            whatToDo: expect.stringContaining('one, two'),
          }),
        }),
      );
    });

    it('is not guessed among several', () => {
      expect(() => setUp(['one', 'two']).storeOf(mapped)).toThrow(
        'several trace stores',
      );
    });
  });

  describe('the search for names', () => {
    it('tries the computed ones and tells which the store has', async () => {
      const { found, names } = await setUp(['one']).find(mapped);
      expect(names.length).toBeGreaterThan(1);
      expect(found).toEqual(['frontend.shop']);
    });

    it('searches by the name of the waypoint before a workload, which is not its own', async () => {
      const behind = {
        ...workload('pay'),
        proxy: 'none' as const,
        routes: [
          {
            to: { kind: 'Service' as const, namespace: 'shop', name: 'pay' },
            state: 'waypoint' as const,
            fromIngress: false,
            proxy: { ...workload('frontend'), proxy: 'waypoint' as const },
          },
        ],
      };
      const { found, searched } = await setUp(['one']).find({
        ...mapped,
        workloads: [behind],
      });
      expect(found).not.toContain('frontend.shop');
      expect(searched).toContain('frontend.shop');
    });

    it('tries only those that the entity lists', async () => {
      const listed = {
        ...mapped,
        entity: entity({
          'meshtracing.io/service-names': ' payments.shop , x, x ',
        }),
      };
      const { found, names } = await setUp(['one']).find(listed);
      expect(names.map(({ name }) => name)).toEqual(['payments.shop', 'x']);
      expect(found).toEqual(['payments.shop']);
    });

    it("takes the community Jaeger plugin's name where nothing runs in the mesh", async () => {
      const { found } = await setUp(['one']).find({
        entity: entity({ 'jaegertracing.io/service': 'payments.shop' }),
        workloads: [],
        snapshots: [],
      });
      expect(found).toEqual(['payments.shop']);
    });
  });
});
