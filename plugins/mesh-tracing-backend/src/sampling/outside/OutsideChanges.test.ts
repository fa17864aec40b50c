import { NotAllowedError } from '@backstage/errors';
import { MANAGED_BY_LABEL } from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import {
  ADA,
  ALLOWED,
  samplingHarness,
} from '../../testing/sampling/samplingHarness';
import type { SamplingHarness } from '../../testing/sampling/samplingHarness';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'on %s, what others do to an override',
  database => {
    let harness: SamplingHarness;
    const apply = async (overrides: object) =>
      harness.service.apply(
        harness.context(),
        ALLOWED,
        await harness.confirm(harness.request(overrides)),
      );
    beforeEach(async () => {
      harness = await samplingHarness({ knex: await databases.init(database) });
      await apply({});
    });
    afterEach(() => harness.close());

    const history = async () =>
      (await harness.service.history(harness.context())).entries;
    const edit = (percent: number) =>
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.spec!.tracing![0]!.randomSamplingPercentage = percent;
      });

    it('is seen once by all replicas, shown, and not overwritten', async () => {
      const other = await harness.replica();
      edit(99);
      await Promise.all([
        harness.outsideChanges.run(),
        other.outsideChanges.run(),
      ]);
      await harness.outsideChanges.run();
      expect(await history()).toMatchObject([
        {
          kind: 'outside-change',
          actor: 'outside:kubectl-edit',
          outcome: 'succeeded',
          before: expect.stringContaining('randomSamplingPercentage: 50'),
          after: expect.stringContaining('randomSamplingPercentage: 99'),
        },
        { kind: 'apply' },
      ]);
      expect(
        harness.cluster.objects()[0]?.spec?.tracing?.[0]
          ?.randomSamplingPercentage,
      ).toBe(99);
      expect(harness.notified).toMatchObject([
        { recipients: { entityRef: ADA } },
      ]);
    });

    it('is seen by the watch', async () => {
      const stop = harness.outsideChanges.watch();
      edit(98);
      await harness.outsideChanges.run();
      stop();
      expect((await history())[0]).toMatchObject({ kind: 'outside-change' });
    });

    it('is recorded once for each time that they do it', async () => {
      edit(98);
      await harness.outsideChanges.run();
      edit(97);
      await harness.outsideChanges.run();
      expect((await history()).map(({ kind }) => kind)).toEqual([
        'outside-change',
        'outside-change',
        'apply',
      ]);
    });

    it('is told apart from what the portal does', async () => {
      const other = await harness.replica();
      for (const samplingPercent of [1, 2, 3]) {
        await Promise.all([
          apply({ samplingPercent }),
          harness.outsideChanges.run(),
          other.outsideChanges.run(),
        ]);
      }
      await harness.outsideChanges.run();
      expect((await history()).map(({ kind }) => kind)).toEqual([
        'apply',
        'apply',
        'apply',
        'apply',
      ]);
    });

    it('is not recorded where only what the API server sets differs', async () => {
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', () => {});
      await harness.outsideChanges.run();
      expect(await history()).toHaveLength(1);
    });

    it('is recorded once as a deletion by all replicas', async () => {
      const other = await harness.replica();
      harness.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      await Promise.all([
        harness.outsideChanges.run(),
        other.outsideChanges.run(),
      ]);
      await harness.outsideChanges.run();
      expect(await history()).toMatchObject([
        {
          kind: 'outside-delete',
          before: expect.stringContaining('randomSamplingPercentage: 50'),
        },
        { kind: 'apply' },
      ]);
      expect(harness.notified).toMatchObject([
        { recipients: { entityRef: ADA } },
      ]);
    });

    it('is recorded as taking the override over, when they remove its label', async () => {
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        delete object.metadata.labels![MANAGED_BY_LABEL];
      });
      await harness.outsideChanges.run();
      await harness.outsideChanges.run();
      expect(await history()).toMatchObject([
        { kind: 'outside-change', message: expect.stringContaining('label') },
        { kind: 'apply' },
      ]);
      harness.clock.advance({ minutes: 61 });
      await harness.expiry.run();
      expect(harness.cluster.objects()).toHaveLength(1);
    });

    it('is recorded as theirs, when they write what the API server refused the portal', async () => {
      const request = await harness.confirm(
        harness.request({ samplingPercent: 20 }),
      );
      const preview = harness.cluster.replaceTelemetry.bind(harness.cluster);
      let refused: Telemetry | undefined;
      jest
        .spyOn(harness.cluster, 'replaceTelemetry')
        .mockImplementation(async (telemetry, options) => {
          refused = options?.dryRun ? refused : telemetry;
          return preview(telemetry, options);
        });
      harness.cluster.fail(
        'replace',
        'before',
        new NotAllowedError('forbidden'),
      );
      await expect(
        harness.service.apply(harness.context(), ALLOWED, request),
      ).rejects.toThrow('forbidden');
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.spec = refused!.spec;
        object.metadata.annotations = refused!.metadata.annotations;
      });
      await harness.outsideChanges.run();
      await harness.outsideChanges.run();
      expect(
        (await history()).map(({ kind, outcome }) => `${kind} ${outcome}`),
      ).toEqual([
        'outside-change succeeded',
        expect.stringMatching(/^(apply|extend) failed$/),
        'apply succeeded',
      ]);
    });

    it('is recorded as a deletion and a new object, when they make it anew', async () => {
      const [object] = harness.cluster.objects();
      harness.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      harness.cluster.createOutside({
        ...object!,
        spec: { ...object!.spec, tracing: [{ randomSamplingPercentage: 12 }] },
      });
      await harness.outsideChanges.run();
      await harness.outsideChanges.run();
      expect((await history()).map(({ kind }) => kind)).toEqual([
        'outside-change',
        'outside-delete',
        'apply',
      ]);
    });
  },
);
