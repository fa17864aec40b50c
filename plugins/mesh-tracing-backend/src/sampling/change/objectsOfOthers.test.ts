import { OVERRIDE_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';
import {
  ALLOWED,
  samplingHarness as createHarness,
} from '../../testing/sampling/samplingHarness';
import type {
  SamplingHarness,
  SamplingHarnessOptions,
} from '../../testing/sampling/samplingHarness';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  "on %s, a change where an object is not the portal's alone",
  database => {
    const samplingHarness = async (options: SamplingHarnessOptions = {}) =>
      createHarness({ ...options, knex: await databases.init(database) });

    let harness: SamplingHarness;
    afterEach(() => harness.close());

    it('leaves an object alone that Argo CD manages, and still shows the YAML', async () => {
      harness = await samplingHarness();
      await harness.service.apply(
        harness.context(),
        ALLOWED,
        await harness.confirm(harness.request()),
      );
      const pending = await harness.confirm(
        harness.request({ samplingPercent: 9 }),
      );
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.metadata.annotations!['argocd.argoproj.io/tracking-id'] =
          'shop:telemetry.istio.io/Telemetry:shop/mesh-tracing.cart';
      });
      const preview = await harness.service.preview(
        harness.context(),
        ALLOWED,
        harness.request({ samplingPercent: 9 }),
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
        harness.service.apply(harness.context(), ALLOWED, pending),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      const [object] = harness.cluster.objects();
      await expect(
        harness.service.revert(harness.context(), ALLOWED, {
          workload: harness.request().workload,
          uid: object!.metadata.uid!,
          resourceVersion: object!.metadata.resourceVersion!,
        }),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      expect(harness.cluster.writes).toHaveLength(1);
    });

    it("leaves an object alone that holds the name and is not the portal's", async () => {
      harness = await samplingHarness({
        telemetries: [
          {
            metadata: { namespace: 'shop', name: 'mesh-tracing.cart' },
            spec: { tracing: [{ randomSamplingPercentage: 3 }] },
          },
        ],
      });
      const preview = await harness.service.preview(
        harness.context(),
        ALLOWED,
        harness.request(),
      );
      expect(preview.token).toBeUndefined();
      expect(preview.verdicts).toContainEqual(
        expect.objectContaining({ rule: 'name-taken', allowed: false }),
      );
    });

    it('keeps the annotations that others put on the object, and its metrics', async () => {
      harness = await samplingHarness();
      await harness.service.apply(
        harness.context(),
        ALLOWED,
        await harness.confirm(harness.request()),
      );
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.metadata.annotations!['example.org/note'] = 'keep';
        object.spec!.metrics = [{ providers: [{ name: 'prometheus' }] }];
      });
      await harness.service.apply(
        harness.context(),
        ALLOWED,
        await harness.confirm(harness.request({ samplingPercent: 7 })),
      );
      const [object] = harness.cluster.objects();
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
