import type { SampleInterval, SampleRead } from './SamplePlan';
import { lengthOf } from './ReadIntervals';

/** A read tells of traffic if it holds some traces, or is a good part of the window. */
const SOME_TRACES = 5;
const GOOD_PART = 0.01;

/**
 * Traces a millisecond at any moment of a window: between two reads a straight
 * line, outside of them as at the nearest. Never zero.
 */
export function trafficAt(
  reads: readonly SampleRead[],
  window: SampleInterval,
): (timeMs: number) => number {
  const tells = reads.filter(
    read =>
      read.traceCount >= SOME_TRACES ||
      lengthOf(read) >= GOOD_PART * lengthOf(window),
  );
  const points = (tells.length > 0 ? tells : reads).map(read => ({
    timeMs: (read.startTimeMs + read.endTimeMs) / 2,
    rate: (read.traceCount + 0.5) / lengthOf(read),
  }));
  return timeMs => {
    const next = points.findIndex(point => point.timeMs >= timeMs);
    const after = points[next];
    const before = points[next < 0 ? points.length - 1 : next - 1];
    if (!before || !after) {
      return (before ?? after)?.rate ?? 1 / lengthOf(window);
    }
    const share =
      (timeMs - before.timeMs) / Math.max(after.timeMs - before.timeMs, 1e-6);
    return before.rate + share * (after.rate - before.rate);
  };
}
