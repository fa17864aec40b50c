import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ChartTooltip } from '../../shared/charts/chartColours';
import { formatTime } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { ChartSlice } from './chartSlices';
import { useSliceTexts } from './useSliceTexts';

/** Figures of the slice below the pointer. */
export function SliceTooltip({ slice }: { slice: ChartSlice | undefined }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const texts = useSliceTexts();
  if (!slice) {
    return null;
  }
  const title = t('latency.slice', {
    from: formatTime(slice.startMs),
    to: formatTime(slice.endMs),
  });
  return (
    <ChartTooltip
      title={title}
      lines={
        slice.point.isUnread
          ? [[t('latency.count'), t('sample.notRead')]]
          : [
              ['p50', texts.duration(slice, 'p50')],
              ['p95', texts.duration(slice, 'p95')],
              [t('latency.count'), texts.count(slice)],
              [t('latency.errorRate'), texts.errorRate(slice)],
            ]
      }
    />
  );
}
