import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { windowTracesPatch } from '../../traces';
import type { ChartSlice, Percentile } from './chartSlices';

/** Addresses of the traces behind a slice. */
export interface SliceLinks {
  /** Those that took as long as the percentile, or longer; all without one. */
  traces: (slice: ChartSlice, percentile?: Percentile) => string;
  /** One that took about as long as the percentile, where the answer names one. */
  exemplar: (slice: ChartSlice, percentile: Percentile) => string | undefined;
}

/** How the chart and its table lead to traces. */
export function useSliceLinks(): SliceLinks {
  const { href } = useTracingUrl();
  return {
    traces: (slice, percentile) => href(slicePatch(slice, percentile)),
    exemplar: ({ point }, percentile) => {
      const trace = point.exemplars?.[percentile];
      return trace === undefined ? undefined : href({ trace });
    },
  };
}

/** The search for the traces of a slice. */
export function slicePatch(slice: ChartSlice, percentile?: Percentile) {
  const durationUs = percentile ? slice.point[`${percentile}Us`] : null;
  return windowTracesPatch(
    { startTimeMs: slice.startMs, endTimeMs: slice.endMs },
    durationUs ?? undefined,
  );
}
