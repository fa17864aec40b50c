import { ServiceUnavailableError } from '@backstage/errors';
import { isPortalOwned } from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import type { GatedSampling } from '../../testing/sampling/gatedService';
import { dyingStore } from '../../testing/sampling/dyingStore';
import type { Death } from '../../testing/sampling/dyingStore';
import {
  ADA,
  ALLOWED,
  BOB,
  samplingHarness,
} from '../../testing/sampling/samplingHarness';
import type { SamplingHarness } from '../../testing/sampling/samplingHarness';

type Action =
  | { do: 'apply'; user: string; percent: number; minutes: number }
  | { do: 'revert'; user: string }
  | { do: 'expire' | 'reconcile' | 'observe' }
  | { do: 'advance'; seconds: number }
  | { do: 'edit'; percent: number }
  | { do: 'delete' };

/** Something that happens, maybe to a process that dies or loses an answer. */
interface Step {
  action: Action;
  death?: Death;
  fault?: {
    operation: 'create' | 'replace' | 'delete';
    when: 'before' | 'after';
  };
}

const user = fc.constantFrom(ADA, BOB);
const percent = fc.integer({ min: 0, max: 100 });
const portal: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('apply' as const),
      user,
      percent,
      minutes: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('revert' as const), user }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'expire' as const,
        'reconcile' as const,
        'observe' as const,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('advance' as const),
      seconds: fc.integer({ min: 1, max: 2000 }),
    }),
  },
);
const outside: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant('edit' as const), percent }),
  fc.record({ do: fc.constant('delete' as const) }),
);
const steps = (action: fc.Arbitrary<Action>) =>
  fc.array(
    fc.array(
      fc.record(
        {
          action,
          death: fc.record({
            method: fc.constantFrom('begin' as const, 'settle' as const),
            when: fc.constantFrom('before' as const, 'after' as const),
          }),
          fault: fc.record({
            operation: fc.constantFrom(
              'create' as const,
              'replace' as const,
              'delete' as const,
            ),
            when: fc.constantFrom('before' as const, 'after' as const),
          }),
        },
        { requiredKeys: ['action'] },
      ),
      // What stands together happens at the same time.
      { minLength: 1, maxLength: 3 },
    ),
    { minLength: 1, maxLength: 12 },
  );

async function act(
  harness: SamplingHarness,
  sampling: GatedSampling,
  action: Action,
) {
  const [object] = harness.cluster.objects();
  switch (action.do) {
    case 'apply': {
      const context = harness.context(action.user);
      const override = harness.request({
        samplingPercent: action.percent,
        expiresAt: harness.clock.in({ minutes: action.minutes }),
      });
      await sampling.service.apply(
        context,
        ALLOWED,
        await harness.confirm(override, context),
      );
      return;
    }
    case 'revert':
      await sampling.service.revert(harness.context(action.user), ALLOWED, {
        workload: harness.request().workload,
        uid: object?.metadata.uid ?? '',
        resourceVersion: object?.metadata.resourceVersion ?? '',
      });
      return;
    case 'expire':
      await sampling.expiry.run();
      return;
    case 'reconcile':
      await sampling.reconciler.run();
      return;
    case 'observe':
      await sampling.outsideChanges.run();
      return;
    case 'advance':
      harness.clock.advance({ seconds: action.seconds });
      return;
    case 'edit':
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', telemetry => {
        telemetry.spec!.tracing![0]!.randomSamplingPercentage = action.percent;
      });
      return;
    default:
      harness.cluster.deleteOutside('shop', 'mesh-tracing.cart');
  }
}

/** Lives through the steps, then recovers and lets every override end. */
async function live(harness: SamplingHarness, rounds: Step[][]): Promise<void> {
  for (const round of rounds) {
    await Promise.allSettled(
      round.map(async ({ action, death, fault }) => {
        if (fault) {
          harness.cluster.fail(
            fault.operation,
            fault.when,
            new ServiceUnavailableError('no answer'),
          );
        }
        const sampling = death
          ? await harness.replica(dyingStore(death))
          : harness;
        await act(harness, sampling, action);
      }),
    );
  }
  harness.cluster.mend();
  for (const minutes of [2, 90, 2]) {
    harness.clock.advance({ minutes });
    await harness.reconciler.run();
    await harness.outsideChanges.run();
    await harness.expiry.run();
  }
  await harness.reconciler.run();
  await harness.outsideChanges.run();
}

interface Row {
  kind: string;
  outcome: string;
  base_uid: string | null;
  uid: string | null;
}

describe('whatever happens', () => {
  const check = async (
    rounds: Step[][],
    verify: (harness: SamplingHarness, rows: Row[]) => void,
  ) => {
    const harness = await samplingHarness({ config: { rateLimit: 10_000 } });
    try {
      await live(harness, rounds);
      verify(
        harness,
        await harness.knex<Row>('sampling_history').orderBy('seq'),
      );
    } finally {
      await harness.close();
    }
  };
  const succeeded = (rows: Row[], ...kinds: string[]) =>
    rows.filter(
      ({ kind, outcome }) => outcome === 'succeeded' && kinds.includes(kind),
    );

  it('each override ends exactly once, and the history holds every write', async () => {
    await fc.assert(
      fc.asyncProperty(steps(portal), async rounds =>
        check(rounds, (harness, rows) => {
          const puts = harness.cluster.writes.filter(w => w.startsWith('put'));
          const deletions = harness.cluster.writes.filter(w =>
            w.startsWith('delete'),
          );
          const removals = succeeded(rows, 'revert', 'expire');
          const creations = succeeded(rows, 'apply').filter(
            ({ base_uid }) => base_uid === null,
          );
          expect(harness.cluster.objects()).toEqual([]);
          expect(rows.filter(({ outcome }) => outcome === 'pending')).toEqual(
            [],
          );
          expect(succeeded(rows, 'apply', 'extend')).toHaveLength(puts.length);
          expect(removals).toHaveLength(deletions.length);
          expect(removals.map(({ base_uid }) => base_uid).sort()).toEqual(
            creations.map(({ uid }) => uid).sort(),
          );
          expect(succeeded(rows, 'outside-change', 'outside-delete')).toEqual(
            [],
          );
        }),
      ),
      {
        numRuns: 60,
        endOnFailure: true,
      },
    );
  }, 120_000);

  it('and others meddle, no override is left and none ends twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps(fc.oneof({ weight: 4, arbitrary: portal }, outside)),
        async rounds =>
          check(rounds, (harness, rows) => {
            const ends = succeeded(rows, 'revert', 'expire', 'outside-delete');
            const uids = ends.map(({ base_uid }) => base_uid);
            expect(harness.cluster.objects().filter(isPortalOwned)).toEqual([]);
            expect(new Set(uids).size).toBe(uids.length);
            expect(rows.filter(({ outcome }) => outcome === 'pending')).toEqual(
              [],
            );
            for (const { uid } of succeeded(rows, 'apply')) {
              expect(uid === null || uids.includes(uid)).toBe(true);
            }
          }),
      ),
      {
        numRuns: 60,
        endOnFailure: true,
      },
    );
  }, 120_000);
});
