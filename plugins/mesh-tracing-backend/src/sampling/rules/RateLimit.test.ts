import {
  ADA,
  ALLOWED,
  BOB,
  samplingHarness,
  type SamplingHarness,
} from '../../testing/sampling/samplingHarness';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'on %s, the limit of changes',
  database => {
    let harness: SamplingHarness;
    beforeEach(async () => {
      harness = await samplingHarness({
        knex: await databases.init(database),
        config: { rateLimit: 2 },
      });
    });
    afterEach(() => harness.close());

    const confirm = (samplingPercent: number, user = ADA) =>
      harness.confirm(
        harness.request({ samplingPercent }),
        harness.context(user),
      );
    const apply = async (samplingPercent: number, user = ADA) =>
      harness.service.apply(
        harness.context(user),
        ALLOWED,
        await confirm(samplingPercent, user),
      );
    const revert = async (user = ADA) => {
      const { uid = '', resourceVersion = '' } =
        harness.cluster.objects()[0]!.metadata;
      return harness.service.revert(harness.context(user), ALLOWED, {
        workload: harness.request().workload,
        uid,
        resourceVersion,
      });
    };

    it('holds for changes at the same time, over replicas', async () => {
      const confirmed = await Promise.all([1, 2, 3, 4, 5].map(n => confirm(n)));
      const replicas = await Promise.all(
        confirmed.map(() => harness.replica()),
      );
      const attempts = await Promise.allSettled(
        confirmed.map((request, index) =>
          replicas[index]!.service.apply(harness.context(), ALLOWED, request),
        ),
      );
      const rows = await harness.knex('sampling_history').where({ actor: ADA });
      expect(rows).toHaveLength(2);
      const limited = attempts.filter(
        attempt =>
          attempt.status === 'rejected' &&
          attempt.reason.name === 'NotAllowedError' &&
          /try again in 600 seconds/.test(attempt.reason.message),
      );
      expect(limited).toHaveLength(3);
    });

    it('counts changes of all workloads of an entity together', async () => {
      const { workloads } = harness.cluster.snapshot();
      const broad = harness.context(ADA, workloads);
      const change = async (name: string, samplingPercent: number) => {
        const { workload } = harness.request();
        const request = harness.request({
          workload: { ...workload, name },
          samplingPercent,
        });
        const confirmed = await harness.confirm(request, broad);
        return harness.service.apply(broad, ALLOWED, confirmed);
      };
      await change('cart', 1);
      await change('pay', 2);
      await expect(change('pay', 3)).rejects.toThrow(/rate-limit/);
      await expect(change('cart', 3)).rejects.toThrow(/rate-limit/);
    });

    it('keeps nobody from undoing the own change', async () => {
      for (const percent of [1, 2, 3]) {
        await apply(percent, BOB).catch(() => undefined);
        harness.clock.advance({ minutes: 6 });
        await apply(percent);
        await revert();
      }
      expect(harness.cluster.objects()).toEqual([]);
    });

    it('bounds how often one undoes what others do', async () => {
      for (const percent of [1, 2]) {
        await apply(percent, BOB);
        await revert();
      }
      harness.clock.advance({ minutes: 4 });
      await apply(3, 'user:default/cleo');
      await expect(revert()).rejects.toMatchObject({
        name: 'NotAllowedError',
        message:
          'You reverted overrides here 2 times within ten minutes; try again in 360 seconds',
      });
      await revert('user:default/cleo');
      expect(harness.cluster.objects()).toEqual([]);
    });

    it('holds for previews', async () => {
      await Promise.all(Array.from({ length: 60 }, () => confirm(1)));
      await expect(confirm(1)).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining('try again in'),
      });
      await expect(confirm(1, BOB)).resolves.toBeDefined();
    });
  },
);
