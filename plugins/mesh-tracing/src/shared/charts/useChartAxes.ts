import { formatDuration } from '../figures/format';
import { useChartColours } from './chartColours';
import { timeTicks } from './timeTicks';

/** Labels of the time axis at most. */
const MOST_TICKS = 7;
/** Time shown on both sides where all points are of one moment, milliseconds. */
const AROUND_MS = 1_000;

/**
 * How charts show the time below, and durations at the side.
 *
 * @param timesMs - of all points, epoch milliseconds
 */
export function useChartAxes(timesMs: number[]) {
  const { tick, axis: stroke } = useChartColours();
  const first = timesMs.reduce(
    (least, time) => Math.min(least, time),
    Infinity,
  );
  const last = timesMs.reduce((most, time) => Math.max(most, time), -Infinity);
  const domain =
    first < last ? [first, last] : [first - AROUND_MS, first + AROUND_MS];
  const [start = 0, end = 0] = domain;
  const { ticks, label } = timeTicks(start, end, MOST_TICKS);
  return {
    time: {
      type: 'number' as const,
      domain,
      ticks,
      tickFormatter: label,
      minTickGap: 12,
      tick,
      stroke,
    },
    duration: {
      tickFormatter: (durationUs: number) => formatDuration(durationUs),
      width: 64,
      tick,
      stroke,
    },
  };
}
