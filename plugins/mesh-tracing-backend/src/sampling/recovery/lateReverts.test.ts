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
  samplingHarness,
} from '../../testing/sampling/samplingHarness';
import type { SamplingHarness } from '../../testing/sampling/samplingHarness';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('on %s,', database => {
  let harness: SamplingHarness;
  beforeEach(async () => {
    harness = await samplingHarness({ knex: await databases.init(database) });
  });
  afterEach(() => harness.close());

  /** Applies an override, and reverts it by way of this replica. */
  const revert = async (by: Pick<GatedSampling, 'service'>) => {
    const { uid, resourceVersion } = await applied(harness);
    await by.service.revert(harness.context(), ALLOWED, {
      workload: harness.request().workload,
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
          revert(await givenUpReplica(harness, dies)),
        ]);
        expect(outcome.status).toBe(end);
        await recover(harness);
        await recover(harness);
        expect(await outcomesOf(harness)).toEqual([
          'revert succeeded',
          'apply succeeded',
        ]);
        expect(harness.cluster.objects()).toEqual([]);
        expect(harness.notified).toEqual([]);
      },
    );

    it('also where the deletion is seen before the writer comes to store it', async () => {
      const replica = await givenUpReplica(harness, false);
      const stop = harness.outsideChanges.watch();
      const remove = harness.cluster.deleteTelemetry.bind(harness.cluster);
      harness.cluster.deleteTelemetry = async (...args) => {
        await remove(...args);
        await harness.outsideChanges.run();
      };
      await revert(replica);
      stop();
      await recover(harness);
      expect(await outcomesOf(harness)).toEqual([
        'revert succeeded',
        'apply succeeded',
      ]);
    });

    it('says that it was seen later, where the writer died', async () => {
      const replica = await givenUpReplica(harness, true);
      await expect(revert(replica)).rejects.toBeInstanceOf(Crash);
      await recover(harness);
      expect(
        (await harness.service.history(harness.context())).entries[0],
      ).toMatchObject({
        kind: 'revert',
        actor: ADA,
        message: expect.stringContaining('gone a little later'),
      });
    });
  });

  describe('of a revert that was never sent, a removal by others is one', () => {
    beforeEach(async () => {
      const dying = await harness.replica(
        dyingStore({ method: 'begin', when: 'after' }),
      );
      await Promise.allSettled([revert(dying)]);
      await recover(harness);
    });

    it('a good while later', async () => {
      harness.clock.advance({ minutes: 10 });
      harness.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      await recover(harness);
      expect(await outcomesOf(harness)).toEqual([
        'outside-delete succeeded',
        'revert failed',
        'apply succeeded',
      ]);
    });

    it('of what a colleague changed since', async () => {
      await harness.service.apply(
        harness.context(BOB),
        ALLOWED,
        await harness.confirm(
          harness.request({ samplingPercent: 5 }),
          harness.context(BOB),
        ),
      );
      harness.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      await recover(harness);
      expect(await outcomesOf(harness)).toEqual([
        'outside-delete succeeded',
        'apply succeeded',
        'revert failed',
        'apply succeeded',
      ]);
    });
  });
});
