import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TraceCoverageView } from 'backstage-plugin-mesh-tracing-common';
import { formatCount, formatTime } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

/** Says how much of the window an answer holds, and what failed. */
export function CoverageNote(props: {
  coverage: TraceCoverageView;
  count: number;
  /** The traces are a sample of the whole window, which is told beside. */
  isSample?: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { coverage } = props;
  const extent = useExtent(coverage, props.count);
  const filterName = useFilterNames();
  const belongingCount = coverage.belongingCount ?? coverage.fetchedCount;
  const isShared = belongingCount < coverage.fetchedCount;
  // That names are shared is said by counts, not as a filter of the store.
  const filters = coverage.filteredHere.filter(name => name !== 'workload');
  const reasons = new Set(coverage.incompleteBecause);
  const sentences = [
    !props.isSample && extent,
    reasons.has('same-instant') && t('coverage.sameInstant'),
    reasons.has('unproven-filter') && t('coverage.unprovenFilter'),
    reasons.has('storage-recovering') && t('coverage.storageRecovering'),
    isShared &&
      t('coverage.belonging', {
        belonging: formatCount(belongingCount),
        fetched: formatCount(coverage.fetchedCount),
      }),
    filters.length > 0 &&
      t('coverage.filteredHere', {
        matched: formatCount(coverage.matchedCount),
        fetched: formatCount(coverage.fetchedCount),
        filters: filters.map(filterName).join(', '),
      }),
    ...coverage.failures.map(failure =>
      t('coverage.failure', {
        service: failure.service,
        message: failure.message,
      }),
    ),
  ];
  return <>{sentences.filter(Boolean).join(' ')}</>;
}

/** How much of the window it is. */
function useExtent(coverage: TraceCoverageView, count: number): string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const total = { count, total: formatCount(count) };
  if (coverage.complete) {
    return count === 0
      ? t('coverage.completeNone')
      : t('coverage.complete', total);
  }
  if (coverage.oldestStartTimeMs === undefined) {
    return count === 0
      ? t('coverage.partialNone')
      : t('coverage.partial', total);
  }
  const since = formatTime(coverage.oldestStartTimeMs);
  if (count === 0) {
    return t('coverage.noneSince', { since });
  }
  return coverage.matchedCount > count
    ? t('coverage.newestOf', {
        ...total,
        since,
        matched: formatCount(coverage.matchedCount),
      })
    : t('coverage.newest', { ...total, since });
}

/** The backend's names of filters in the words of the form. */
function useFilterNames(): (name: string) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const names: Record<string, string> = {
    errors: t('coverage.filters.errors'),
    'span kind': t('coverage.filters.kind'),
    attributes: t('coverage.filters.tags'),
    'span duration': t('coverage.filters.spanDuration'),
    'trace duration': t('coverage.filters.traceDuration'),
  };
  return name => names[name] ?? name;
}
