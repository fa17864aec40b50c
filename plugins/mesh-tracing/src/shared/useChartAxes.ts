import { useChartColours } from './chartColours';
import { formatDuration, formatTime } from './format';

/** How charts show the time below, and durations at the side. */
export function useChartAxes() {
  const { tick, axis: stroke } = useChartColours();
  return {
    time: {
      type: 'number' as const,
      domain: ['dataMin', 'dataMax'],
      tickFormatter: (epochMs: number) => formatTime(epochMs),
      tickCount: 6,
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
