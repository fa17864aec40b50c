import { formatDuration, formatShare } from '../../shared/figures/format';
import { formatShareBounds } from '../../shared/sample/estimates';
import { useBoundsText } from '../../shared/sample/EstimatedDuration';
import { useAboutText } from '../../shared/sample/useAboutText';
import type { ChartSlice, Percentile } from './chartSlices';

/** Figures of a slice as text, each with its bounds. */
export interface SliceTexts {
  /** `about 210`, or a plain count. */
  count: (slice: ChartSlice) => string;
  /** `2.4 % (0.9–4 %)`. */
  errorRate: (slice: ChartSlice) => string;
  /** `30 ms (28–33)`; a dash without a request. */
  duration: (slice: ChartSlice, percentile: Percentile) => string;
}

/** How figures of slices are written in tooltip, panel and table. */
export function useSliceTexts(): SliceTexts {
  const aboutText = useAboutText();
  const boundsText = useBoundsText();
  return {
    count: ({ point }) =>
      aboutText(
        point.count,
        point.estimate !== undefined,
        point.estimate?.count,
      ),
    errorRate: ({ point }) => {
      const bounds =
        point.estimate && formatShareBounds(point.estimate.errorRate);
      const rate = formatShare(point.errorCount, point.count);
      return bounds && point.count > 0 ? `${rate} (${bounds})` : rate;
    },
    duration: ({ point }, percentile) => {
      const valueUs = point[`${percentile}Us`];
      if (valueUs === null) {
        return '–';
      }
      const bounds = boundsText(valueUs, point.estimate?.[`${percentile}Us`]);
      return [formatDuration(valueUs), bounds].filter(Boolean).join(' ');
    },
  };
}
