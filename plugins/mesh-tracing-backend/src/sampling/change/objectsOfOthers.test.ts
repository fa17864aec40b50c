import { OVERRIDE_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';
import {
  ALLOWED,
  samplingBench as createBench,
} from '../../testing/sampling/samplingBench';
import type {
  SamplingBench,
  SamplingBenchOptions,
} from '../../testing/sampling/samplingBench';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  "on %s, a change where an object is not the portal's alone",
  database => {
    const samplingBench = async (options: SamplingBenchOptions = {}) =>
      createBench({ ...options, knex: await databases.init(database) });

    let bench: SamplingBench;
    afterEach(() => bench.close());

    it('leaves an object alone that Argo CD manages, and still shows the YAML', async () => {
      bench = await samplingBench();
      await bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request()),
      );
      const pending = await bench.confirm(
        bench.request({ samplingPercent: 9 }),
      );
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.metadata.annotations!['argocd.argoproj.io/tracking-id'] =
          'shop:telemetry.istio.io/Telemetry:shop/mesh-tracing.cart';
      });
      const preview = await bench.service.preview(
        bench.context(),
        ALLOWED,
        bench.request({ samplingPercent: 9 }),
      );
      expect(preview.token).toBeUndefined();
      expect(preview.yaml).toContain('randomSamplingPercentage: 9');
      expect(preview.verdicts).toContainEqual(
        expect.objectContaining({
          rule: 'gitops',
          allowed: false,
          message: expect.stringContaining('Argo CD'),
        }),
      );
      await expect(
        bench.service.apply(bench.context(), ALLOWED, pending),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      const [object] = bench.cluster.objects();
      await expect(
        bench.service.revert(bench.context(), ALLOWED, {
          workload: bench.request().workload,
          uid: object!.metadata.uid!,
          resourceVersion: object!.metadata.resourceVersion!,
        }),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      expect(bench.cluster.writes).toHaveLength(1);
    });

    it("leaves an object alone that holds the name and is not the portal's", async () => {
      bench = await samplingBench({
        telemetries: [
          {
            metadata: { namespace: 'shop', name: 'mesh-tracing.cart' },
            spec: { tracing: [{ randomSamplingPercentage: 3 }] },
          },
        ],
      });
      const preview = await bench.service.preview(
        bench.context(),
        ALLOWED,
        bench.request(),
      );
      expect(preview.token).toBeUndefined();
      expect(preview.verdicts).toContainEqual(
        expect.objectContaining({ rule: 'name-taken', allowed: false }),
      );
    });

    it('keeps the annotations that others put on the object, and its metrics', async () => {
      bench = await samplingBench();
      await bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request()),
      );
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.metadata.annotations!['example.org/note'] = 'keep';
        object.spec!.metrics = [{ providers: [{ name: 'prometheus' }] }];
      });
      await bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request({ samplingPercent: 7 })),
      );
      const [object] = bench.cluster.objects();
      expect(object?.metadata.annotations).toMatchObject({
        'example.org/note': 'keep',
        [OVERRIDE_ANNOTATIONS.workload]: 'Deployment/cart',
      });
      expect(object?.spec?.metrics).toEqual([
        { providers: [{ name: 'prometheus' }] },
      ]);
    });
  },
);
