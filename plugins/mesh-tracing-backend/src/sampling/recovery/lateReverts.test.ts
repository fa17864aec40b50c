import type { GatedSampling } from '../../testing/sampling/gatedService';
import { Crash, dyingStore } from '../../testing/sampling/dyingStore';
import {
  applied,
  givenUpReplica,
  outcomesOf,
  recover,
} from '../../testing/sampling/recovery';
import {
  ADA,
  ALLOWED,
  BOB,
  samplingBench,
} from '../../testing/sampling/samplingBench';
import type { SamplingBench } from '../../testing/sampling/samplingBench';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('on %s,', database => {
  let bench: SamplingBench;
  beforeEach(async () => {
    bench = await samplingBench({ knex: await databases.init(database) });
  });
  afterEach(() => bench.close());

  /** Applies an override, and reverts it by way of this replica. */
  const revert = async (by: Pick<GatedSampling, 'service'>) => {
    const { uid, resourceVersion } = await applied(bench);
    await by.service.revert(bench.context(), ALLOWED, {
      workload: bench.request().workload,
      uid,
      resourceVersion,
    });
  };

  describe('of a revert that another replica gave up too early, whose clock is ahead,', () => {
    it.each([
      ['the writer lives', false, 'fulfilled'],
      ['the writer dies after the deletion', true, 'rejected'],
    ] as const)(
      'the history tells the revert and no other removal: %s',
      async (_, dies, end) => {
        const [outcome] = await Promise.allSettled([
          revert(await givenUpReplica(bench, dies)),
        ]);
        expect(outcome.status).toBe(end);
        await recover(bench);
        await recover(bench);
        expect(await outcomesOf(bench)).toEqual([
          'revert succeeded',
          'apply succeeded',
        ]);
        expect(bench.cluster.objects()).toEqual([]);
        expect(bench.notified).toEqual([]);
      },
    );

    it('also where the deletion is seen before the writer comes to store it', async () => {
      const replica = await givenUpReplica(bench, false);
      const stop = bench.outsideChanges.watch();
      const remove = bench.cluster.deleteTelemetry.bind(bench.cluster);
      bench.cluster.deleteTelemetry = async (...args) => {
        await remove(...args);
        await bench.outsideChanges.run();
      };
      await revert(replica);
      stop();
      await recover(bench);
      expect(await outcomesOf(bench)).toEqual([
        'revert succeeded',
        'apply succeeded',
      ]);
    });

    it('says that it was seen later, where the writer died', async () => {
      const replica = await givenUpReplica(bench, true);
      await expect(revert(replica)).rejects.toBeInstanceOf(Crash);
      await recover(bench);
      expect(
        (await bench.service.history(bench.context())).entries[0],
      ).toMatchObject({
        kind: 'revert',
        actor: ADA,
        message: expect.stringContaining('gone a little later'),
      });
    });
  });

  describe('of a revert that was never sent, a removal by others is one', () => {
    beforeEach(async () => {
      const dying = await bench.replica(
        dyingStore({ method: 'begin', when: 'after' }),
      );
      await Promise.allSettled([revert(dying)]);
      await recover(bench);
    });

    it('a good while later', async () => {
      bench.clock.advance({ minutes: 10 });
      bench.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      await recover(bench);
      expect(await outcomesOf(bench)).toEqual([
        'outside-delete succeeded',
        'revert failed',
        'apply succeeded',
      ]);
    });

    it('of what a colleague changed since', async () => {
      await bench.service.apply(
        bench.context(BOB),
        ALLOWED,
        await bench.confirm(
          bench.request({ samplingPercent: 5 }),
          bench.context(BOB),
        ),
      );
      bench.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      await recover(bench);
      expect(await outcomesOf(bench)).toEqual([
        'outside-delete succeeded',
        'apply succeeded',
        'revert failed',
        'apply succeeded',
      ]);
    });
  });
});
