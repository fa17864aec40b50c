import assert from 'node:assert/strict';
import {
  judgePropagationRung,
  type PropagationKindCount,
} from 'backstage-plugin-mesh-tracing-common';
import type { CheckList } from '../checks/CheckList';
import { type Burst, CALLER, type ReviewsRoom } from './ReviewsRoom';

/** Half of them go to the version that makes calls. */
const REQUESTS = 800;
const SHARES = [0.05, 0.5, 1] as const;
/** How far the reported share may be off, percentage points over 100. */
const MOST_OFF = 0.02;

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** The product's share is the real one, within its bounds. */
function assertShare({ counts, analysis }: Burst): string {
  const { share, shareBounds, callCount } = analysis;
  const real = counts.dropped / counts.calls;
  const { low, high } = shareBounds;
  assert.ok(share !== null, 'no call was seen');
  assert.ok(
    Math.abs(share - real) <= MOST_OFF,
    `the product tells ${percent(share)}, ${percent(real)} lost headers`,
  );
  assert.ok(
    low <= real + 1e-9 && real - 1e-9 <= high,
    `${percent(real)} are not within ${percent(low)} to ${percent(high)}`,
  );
  return `${counts.dropped} of ${counts.calls} calls lost headers (${percent(
    real,
  )}); the product tells ${percent(share)} (${percent(low)} to ${percent(
    high,
  )}) of ${callCount}`;
}

function kindsOf(kinds: PropagationKindCount[]): string[] {
  return kinds.map(({ kind, missing }) =>
    missing ? `${kind}: ${missing}` : kind,
  );
}

/** The share that the product tells, against the share that really lost headers. */
export async function checkMisbehaviour(
  checks: CheckList,
  reviews: ReviewsRoom,
): Promise<void> {
  await checks.check(`${CALLER} forwards everything: healthy`, async () => {
    await reviews.behave({ share: 0, forwards: 'none', seed: 1 });
    const burst = await reviews.burst(REQUESTS);
    const { verdict, code } = judgePropagationRung(burst.analysis);
    assert.deepEqual([verdict, code], ['good', 'headers-forwarded']);
    return assertShare(burst);
  });
  for (const [index, share] of SHARES.entries()) {
    await checks.check(
      `${CALLER} loses all headers for ${percent(share)} of its calls`,
      async () => {
        await reviews.behave({ share, forwards: 'none', seed: index + 2 });
        const burst = await reviews.burst(REQUESTS);
        const { verdict, code } = judgePropagationRung(burst.analysis);
        assert.deepEqual([verdict, code], ['broken', 'no-headers-forwarded']);
        assert.deepEqual(kindsOf(burst.analysis.kinds), ['no-headers']);
        const [row] = burst.analysis.rows;
        assert.equal(row?.caller, 'reviews');
        assert.match(row?.peer ?? '', /^ratings\./);
        return assertShare(burst);
      },
    );
  }
  await checks.check(
    `${CALLER} forwards x-request-id without the trace context`,
    async () => {
      await reviews.behave({ share: 0.5, forwards: 'request-id', seed: 7 });
      const burst = await reviews.burst(REQUESTS);
      assert.equal(
        judgePropagationRung(burst.analysis).code,
        'trace-context-not-forwarded',
      );
      assert.deepEqual(kindsOf(burst.analysis.kinds), [
        'some-headers: trace-context',
      ]);
      return assertShare(burst);
    },
  );
  await checks.check(
    `${CALLER} forwards the trace context without x-request-id`,
    async () => {
      await reviews.behave({ share: 0.5, forwards: 'trace-context', seed: 8 });
      const { counts, analysis } = await reviews.burst(REQUESTS);
      assert.equal(
        judgePropagationRung(analysis).code,
        'request-id-not-forwarded',
      );
      assert.equal(analysis.share, 0);
      assert.equal(analysis.requestIdLostCount, counts.dropped);
      return `${counts.dropped} of ${counts.calls} calls, and so many the product counts`;
    },
  );
}
