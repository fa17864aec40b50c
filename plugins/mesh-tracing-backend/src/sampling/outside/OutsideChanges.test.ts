import { NotAllowedError } from '@backstage/errors';
import { MANAGED_BY_LABEL } from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import {
  ADA,
  ALLOWED,
  samplingBench,
} from '../../testing/sampling/samplingBench';
import type { SamplingBench } from '../../testing/sampling/samplingBench';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'on %s, what others do to an override',
  database => {
    let bench: SamplingBench;
    const apply = async (overrides: object) =>
      bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request(overrides)),
      );
    beforeEach(async () => {
      bench = await samplingBench({ knex: await databases.init(database) });
      await apply({});
    });
    afterEach(() => bench.close());

    const history = async () =>
      (await bench.service.history(bench.context())).entries;
    const edit = (percent: number) =>
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.spec!.tracing![0]!.randomSamplingPercentage = percent;
      });

    it('is seen once by all replicas, shown, and not overwritten', async () => {
      const other = await bench.replica();
      edit(99);
      await Promise.all([
        bench.outsideChanges.run(),
        other.outsideChanges.run(),
      ]);
      await bench.outsideChanges.run();
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
        bench.cluster.objects()[0]?.spec?.tracing?.[0]
          ?.randomSamplingPercentage,
      ).toBe(99);
      expect(bench.notified).toMatchObject([
        { recipients: { entityRef: ADA } },
      ]);
    });

    it('is seen by the watch', async () => {
      const stop = bench.outsideChanges.watch();
      edit(98);
      await bench.outsideChanges.run();
      stop();
      expect((await history())[0]).toMatchObject({ kind: 'outside-change' });
    });

    it('is recorded once for each time that they do it', async () => {
      edit(98);
      await bench.outsideChanges.run();
      edit(97);
      await bench.outsideChanges.run();
      expect((await history()).map(({ kind }) => kind)).toEqual([
        'outside-change',
        'outside-change',
        'apply',
      ]);
    });

    it('is told apart from what the portal does', async () => {
      const other = await bench.replica();
      for (const samplingPercent of [1, 2, 3]) {
        await Promise.all([
          apply({ samplingPercent }),
          bench.outsideChanges.run(),
          other.outsideChanges.run(),
        ]);
      }
      await bench.outsideChanges.run();
      expect((await history()).map(({ kind }) => kind)).toEqual([
        'apply',
        'apply',
        'apply',
        'apply',
      ]);
    });

    it('is not recorded where only what the API server sets differs', async () => {
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', () => {});
      await bench.outsideChanges.run();
      expect(await history()).toHaveLength(1);
    });

    it('is recorded once as a deletion by all replicas', async () => {
      const other = await bench.replica();
      bench.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      await Promise.all([
        bench.outsideChanges.run(),
        other.outsideChanges.run(),
      ]);
      await bench.outsideChanges.run();
      expect(await history()).toMatchObject([
        {
          kind: 'outside-delete',
          before: expect.stringContaining('randomSamplingPercentage: 50'),
        },
        { kind: 'apply' },
      ]);
      expect(bench.notified).toMatchObject([
        { recipients: { entityRef: ADA } },
      ]);
    });

    it('is recorded as taking the override over, when they remove its label', async () => {
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        delete object.metadata.labels![MANAGED_BY_LABEL];
      });
      await bench.outsideChanges.run();
      await bench.outsideChanges.run();
      expect(await history()).toMatchObject([
        { kind: 'outside-change', message: expect.stringContaining('label') },
        { kind: 'apply' },
      ]);
      bench.clock.advance({ minutes: 61 });
      await bench.expiry.run();
      expect(bench.cluster.objects()).toHaveLength(1);
    });

    it('is recorded as theirs, when they write what the API server refused the portal', async () => {
      const request = await bench.confirm(
        bench.request({ samplingPercent: 20 }),
      );
      const preview = bench.cluster.replaceTelemetry.bind(bench.cluster);
      let refused: Telemetry | undefined;
      jest
        .spyOn(bench.cluster, 'replaceTelemetry')
        .mockImplementation(async (telemetry, options) => {
          refused = options?.dryRun ? refused : telemetry;
          return preview(telemetry, options);
        });
      bench.cluster.fail('replace', 'before', new NotAllowedError('forbidden'));
      await expect(
        bench.service.apply(bench.context(), ALLOWED, request),
      ).rejects.toThrow('forbidden');
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.spec = refused!.spec;
        object.metadata.annotations = refused!.metadata.annotations;
      });
      await bench.outsideChanges.run();
      await bench.outsideChanges.run();
      expect(
        (await history()).map(({ kind, outcome }) => `${kind} ${outcome}`),
      ).toEqual([
        'outside-change succeeded',
        expect.stringMatching(/^(apply|extend) failed$/),
        'apply succeeded',
      ]);
    });

    it('is recorded as a deletion and a new object, when they make it anew', async () => {
      const [object] = bench.cluster.objects();
      bench.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      bench.cluster.createOutside({
        ...object!,
        spec: { ...object!.spec, tracing: [{ randomSamplingPercentage: 12 }] },
      });
      await bench.outsideChanges.run();
      await bench.outsideChanges.run();
      expect((await history()).map(({ kind }) => kind)).toEqual([
        'outside-change',
        'outside-delete',
        'apply',
      ]);
    });
  },
);
