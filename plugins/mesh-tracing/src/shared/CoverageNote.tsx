import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TraceCoverageView } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../translation';
import { formatCount, formatTime } from './format';

/** Says how much of the window an answer holds, and what failed. */
export function CoverageNote(props: {
  coverage: TraceCoverageView;
  count: number;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { coverage } = props;
  const total = { count: props.count, total: formatCount(props.count) };
  const sentences = [
    coverage.complete
      ? t('coverage.complete', total)
      : t('coverage.newest', {
          ...total,
          since:
            coverage.oldestStartTimeMs === undefined
              ? '–'
              : formatTime(coverage.oldestStartTimeMs),
        }),
    coverage.belongingCount !== undefined &&
      coverage.belongingCount < coverage.fetchedCount &&
      t('coverage.belonging', {
        belonging: formatCount(coverage.belongingCount),
        fetched: formatCount(coverage.fetchedCount),
      }),
    coverage.filteredHere.length > 0 &&
      t('coverage.filteredHere', {
        matched: formatCount(coverage.matchedCount),
        fetched: formatCount(coverage.fetchedCount),
        filters: coverage.filteredHere.join(', '),
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
