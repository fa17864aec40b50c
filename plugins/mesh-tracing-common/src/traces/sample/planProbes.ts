import type { SampleAsk, SampleInterval } from './SamplePlan';
import type { SeededRandom } from './SeededRandom';

/** Places of a window that are looked at first, side by side. */
export const PROBE_COUNT = 12;
/**
 * Shares of its part that a probe asks for where an answer which was cut tells
 * nothing: some are short enough for whatever traffic there is.
 */
const LENGTHS = [1, 8 ** -4, 8 ** -1, 8 ** -5, 8 ** -2, 8 ** -3];
/** The most that the first search of the whole window asks for. */
const MOST_OF_WINDOW = 500;

/**
 * The first round. One search of the whole window reads all of a service with
 * little traffic. The others cut the window into equal parts, at a random phase,
 * so that nothing that happens at full minutes is always met or always missed;
 * of a busy service each reads the moments before its cut.
 */
export function planProbes(plan: {
  window: SampleInterval;
  slices: SampleInterval[];
  random: SeededRandom;
  isOrdered: boolean;
  traces: number;
  requests: number;
}): SampleAsk[] {
  const { window, slices, random } = plan;
  const { startTimeMs, endTimeMs } = window;
  const ofWindow = Math.max(
    1,
    Math.min(MOST_OF_WINDOW, Math.floor(plan.traces / 5)),
  );
  const whole = { ...window, slice: slices.length - 1, limit: ofWindow };
  const count = Math.min(PROBE_COUNT, plan.requests - 1);
  const limit = Math.floor((plan.traces - ofWindow) / Math.max(1, count));
  if (count < 1 || limit < 2) {
    return [whole];
  }
  const stepMs = (endTimeMs - startTimeMs) / count;
  const cuts = Array.from(
    { length: count },
    (_, part) => startTimeMs + (part + random.next()) * stepMs,
  );
  const cutAt = (part: number) => cuts[part] ?? startTimeMs;
  const parts = Array.from({ length: count }, (_, part) => ({
    startTimeMs: Math.max(
      cutAt(part - 1),
      cutAt(part) -
        (plan.isOrdered ? 1 : LENGTHS[part % LENGTHS.length] ?? 1) * stepMs,
    ),
    endTimeMs: cutAt(part),
  }));
  return [
    whole,
    ...parts
      .filter(part => part.endTimeMs > part.startTimeMs)
      .map(part => ({
        ...part,
        slice: Math.max(
          0,
          slices.findIndex(slice => slice.endTimeMs >= part.endTimeMs),
        ),
        limit,
      })),
  ];
}
