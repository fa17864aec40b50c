import type { SampleAsk, SampleInterval } from './SamplePlan';
import { lengthOf, type ReadIntervals } from './ReadIntervals';
import { trafficAt } from './trafficAt';

/** Traces that one search for a part of the rest should bring. */
const TRACES_OF_PART = 200;

/** All that is unread of a window, in parts of about as many traces each. */
export function planRest(plan: {
  window: SampleInterval;
  slices: SampleInterval[];
  reads: ReadIntervals;
  mostTraces: number;
  requests: number;
}): SampleAsk[] {
  const { window, slices, reads } = plan;
  const rateAt = trafficAt(reads.all, window);
  const gaps = reads.gaps(window).map(gap => ({
    ...gap,
    expected: rateAt((gap.startTimeMs + gap.endTimeMs) / 2) * lengthOf(gap) + 1,
  }));
  const expected = gaps.reduce((sum, gap) => sum + gap.expected, 0);
  const spare = Math.max(0, plan.requests - gaps.length);
  return gaps.slice(-plan.requests).flatMap(gap => {
    const count = Math.max(
      1,
      Math.min(
        Math.ceil(gap.expected / TRACES_OF_PART),
        1 + Math.floor((spare * gap.expected) / expected),
      ),
    );
    const stepMs = lengthOf(gap) / count;
    return Array.from({ length: count }, (_, part) => {
      const endTimeMs =
        part === count - 1
          ? gap.endTimeMs
          : gap.startTimeMs + (part + 1) * stepMs;
      return {
        startTimeMs: gap.startTimeMs + part * stepMs,
        endTimeMs,
        slice: Math.max(
          0,
          slices.findIndex(slice => slice.endTimeMs >= endTimeMs),
        ),
        limit: Math.max(
          2,
          Math.floor((plan.mostTraces * gap.expected) / expected / count),
        ),
      };
    });
  });
}

/** Traces that the unread part of a window may hold. */
export function expectedRest(
  reads: ReadIntervals,
  window: SampleInterval,
): number {
  const rateAt = trafficAt(reads.all, window);
  return reads
    .gaps(window)
    .reduce(
      (sum, gap) =>
        sum + rateAt((gap.startTimeMs + gap.endTimeMs) / 2) * lengthOf(gap),
      0,
    );
}
