import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SampleFacts } from 'backstage-plugin-mesh-tracing-common';
import { formatCount, formatShare } from '../figures/format';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';
import { roundedCount } from './estimates';

/** What figures were computed from, in one line. */
export function useSampleText(): (
  sample: SampleFacts,
  p95Precision?: number,
) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (sample, p95Precision) => {
    const { readTraceCount: count } = sample;
    const read = { count, total: formatCount(count) };
    if (sample.isExact) {
      return count === 0 ? t('sample.exactNone') : t('sample.exact', read);
    }
    const { sliceCount, unreadSliceCount } = sample;
    return [
      count === 0
        ? t('sample.noneRead')
        : t('sample.estimated', {
            ...read,
            of: formatCount(roundedCount(sample.estimatedTraceCount)),
          }),
      t('sample.slices', { total: formatCount(sliceCount) }),
      unreadSliceCount > 0 &&
        t('sample.unread', { total: formatCount(unreadSliceCount) }),
      p95Precision !== undefined &&
        t('sample.precision', { share: formatShare(p95Precision, 1) }),
    ]
      .filter(Boolean)
      .join(' · ');
  };
}
