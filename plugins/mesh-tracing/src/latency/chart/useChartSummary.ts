import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatDuration,
  formatOrDash,
  formatTime,
} from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { ChartSlice } from './chartSlices';

/** The chart in a sentence, for those who can't see it. */
export function useChartSummary(slices: ChartSlice[]): string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const parts = slices
    .filter(({ point, p95Us }) => point.isUnread || p95Us !== null)
    .map(({ point, startMs, p50Us, p95Us }) =>
      point.isUnread
        ? `${formatTime(startMs)}: ${t('sample.notRead')}`
        : `${formatTime(startMs)}: p50 ${formatOrDash(
            p50Us,
            formatDuration,
          )}, p95 ${formatOrDash(p95Us, formatDuration)}`,
    );
  return `${t('latency.chartLabel')} ${parts.join('; ')}`;
}
