import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LatencyStatistics } from 'backstage-plugin-mesh-tracing-common';
import { FigureNote } from '../shared/figures/FigureTable';
import { formatCount, formatShare } from '../shared/figures/format';
import { formatShareBounds } from '../shared/sample/estimates';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';

/** Failed requests: counted, or of an estimate their share and its bounds. */
export function StatisticsErrors(props: { statistics: LatencyStatistics }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { count, errorCount, estimate } = props.statistics;
  if (!estimate) {
    return (
      <>
        {t('latency.errorsOf', {
          errors: formatCount(errorCount),
          total: formatCount(count),
        })}
      </>
    );
  }
  const bounds = formatShareBounds(estimate.errorRate);
  return (
    <>
      {formatShare(errorCount, count)}
      {bounds && <FigureNote>({bounds})</FigureNote>}
    </>
  );
}
