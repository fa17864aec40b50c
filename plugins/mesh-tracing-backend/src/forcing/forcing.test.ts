import { parseYaml } from 'backstage-plugin-mesh-tracing-common';
import { workload } from '../testing/mesh/workload';
import { FRONTEND } from '../testing/portal/requests';
import {
  startMeshTracing,
  type MeshTracingHarness,
  type MeshTracingOptions,
} from '../testing/portal/startMeshTracing';

const edge = workload('edge', {
  namespace: 'istio-ingress',
  proxy: 'gateway',
  labels: { istio: 'ingressgateway' },
});
const EDGE = {
  cluster: 'main',
  namespace: 'istio-ingress',
  kind: 'Deployment',
  name: 'edge',
};

let harness: MeshTracingHarness;
afterEach(() => harness.stop());

async function start(options: MeshTracingOptions = {}) {
  harness = await startMeshTracing({
    permissionsEnabled: true,
    workloads: [edge],
    ...options,
  });
}

describe('how one request is traced', () => {
  it('is told for the gateway in front and for the service itself', async () => {
    await start();
    const { status, body } = await harness.ask('stranger', 'forcing');
    expect(status).toBe(200);
    expect(body.hops).toEqual([
      {
        kind: 'gateway',
        workload: EDGE,
        headers: 'w3c',
        provider: { name: 'jaeger', kind: 'opentelemetry' },
        samplingPercent: 10,
        notes: expect.arrayContaining(['leads-there-unknown']),
      },
      {
        kind: 'service',
        workload: FRONTEND,
        headers: 'w3c',
        provider: { name: 'jaeger', kind: 'opentelemetry' },
        samplingPercent: 10,
        notes: expect.arrayContaining(['port-forward-passes-by']),
      },
    ]);
  });

  it('follows the provider in force', async () => {
    await start();
    harness.cluster.meshConfig = {
      defaultProviders: { tracing: ['zipkin'] },
      extensionProviders: [
        { name: 'zipkin', zipkin: { service: 'zipkin', port: 9411 } },
      ],
    };
    const { body } = await harness.ask('owner', 'forcing');
    expect(body.hops).toMatchObject([{ headers: 'b3' }, { headers: 'b3' }]);
  });

  it('is told without a hop for an entity without workloads', async () => {
    await start();
    const { body } = await harness.ask('owner', 'forcing', {
      entity: 'component/default/unmapped',
    });
    expect(body.hops).toEqual([]);
  });

  it('names only the waypoint where one traces for the workload', async () => {
    const waypoint = workload('waypoint', { proxy: 'waypoint' });
    await start({
      workloads: [
        waypoint,
        workload('ledger', {
          proxy: 'none',
          ambient: true,
          routes: [
            {
              to: { kind: 'Service', namespace: 'shop', name: 'ledger' },
              state: 'waypoint',
              waypoint: { namespace: 'shop', name: 'waypoint' },
              fromIngress: false,
              proxy: waypoint,
            },
          ],
        }),
      ],
      publicEntities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            namespace: 'default',
            name: 'book',
            annotations: {
              'meshtracing.io/workloads': 'shop/Deployment/ledger',
            },
          },
        },
      ],
    });
    const { body } = await harness.ask('owner', 'forcing', {
      entity: 'component/default/book',
    });
    expect(body.hops).toMatchObject([
      { kind: 'waypoint', workload: { name: 'waypoint' }, headers: 'w3c' },
    ]);
  });
});

describe('conditional tracing', () => {
  const plan = (body: object, persona: 'owner' | 'stranger' = 'owner') =>
    harness.ask(persona, 'conditionalTracing', {
      body: { workload: FRONTEND, header: 'x-trace-me', ...body },
    });

  it('is planned for who may change the mesh, and nothing is written', async () => {
    await start();
    const { status, body } = await plan({ workload: EDGE, value: 'yes' });
    expect(status).toBe(200);
    expect(parseYaml(body.yaml)).toMatchObject({
      kind: 'EnvoyFilter',
      metadata: { namespace: 'istio-ingress' },
    });
    expect(body.reaches).toEqual([EDGE]);
    expect(body.risks).toContain('spoofable');
    expect(harness.cluster.writes).toEqual([]);
    expect(harness.audited.at(-1)).toMatchObject({
      eventId: 'conditional-tracing',
      meta: {
        entityRef: 'component:default/frontend',
        workload: 'main/istio-ingress/Deployment/edge',
        header: 'x-trace-me',
      },
      outcome: 'success',
    });
  });

  it('is refused, audited and not offered without the permission for the mesh', async () => {
    const name = 'mesh-tracing.sampling.mesh.update';
    await start({ policy: permission => permission !== name });
    const { status, body } = await plan({});
    expect(status).toBe(403);
    expect(body.error.message).toContain(name);
    expect(harness.audited.at(-1)).toMatchObject({
      eventId: 'conditional-tracing',
      outcome: 'fail',
    });
    const { body: offered } = await harness.ask('owner', 'forcing');
    expect(offered.conditional).toEqual({
      allowed: false,
      reason: expect.stringContaining(name),
    });
  });

  it('is offered to who has it', async () => {
    await start();
    const { body } = await harness.ask('owner', 'forcing');
    expect(body.conditional).toEqual({ allowed: true });
    expect((await plan({}, 'stranger')).status).toBe(403);
  });

  it.each([
    [{ header: 'authorization' }, 'header'],
    [{ header: 'X_Bad' }, 'header'],
    [{ header: 'x-user', value: "a' || true" }, 'value'],
    [{ workload: { ...FRONTEND, name: 'payments' } }, 'workload'],
    [{ workload: { ...FRONTEND, cluster: 'other' } }, 'workload'],
  ])('refuses %j and names the field', async (body, field) => {
    await start();
    const answer = await plan(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.meshTracing.field).toBe(field);
  });
});
