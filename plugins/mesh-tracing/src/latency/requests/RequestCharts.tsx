import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RequestPoint } from 'backstage-plugin-mesh-tracing-common';
import { useChartColours } from '../../shared/charts/chartColours';
import {
  formatDuration,
  formatRate,
  formatShare,
} from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { RequestChart } from './RequestChart';
import styles from './requests.module.css';

/** Rate, failures and durations over time, side by side where there is room. */
export function RequestCharts({ points }: { points: RequestPoint[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const colours = useChartColours();
  return (
    <div className={styles.charts}>
      <RequestChart
        title={t('requests.chartOfRate')}
        points={points}
        topOfZero={1}
        format={rate => t('requests.rateOf', { rate: formatRate(rate) })}
        lines={[
          {
            field: 'callsPerSecond',
            name: t('requests.rate'),
            colour: colours.primary,
          },
        ]}
      />
      <RequestChart
        title={t('requests.chartOfErrors')}
        points={points}
        topOfZero={0.01}
        format={share => formatShare(share, 1)}
        lines={[
          {
            field: 'errorRate',
            name: t('requests.errorRate'),
            colour: colours.error,
          },
        ]}
      />
      <RequestChart
        title={t('requests.chartOfDurations')}
        points={points}
        topOfZero={1_000}
        format={formatDuration}
        lines={[
          { field: 'p50Us', name: 'p50', colour: colours.primary },
          {
            field: 'p95Us',
            name: 'p95',
            colour: colours.secondary,
            dashes: '6 3',
          },
          { field: 'p99Us', name: 'p99', colour: colours.text, dashes: '2 3' },
        ]}
      />
    </div>
  );
}
