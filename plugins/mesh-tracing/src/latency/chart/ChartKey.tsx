import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { ChartSlice } from './chartSlices';
import styles from './LatencySeries.module.css';

/** What shades and gaps of the chart mean, as far as it has them. */
export function ChartKey({ slices }: { slices: ChartSlice[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const sentences = [
    slices.some(slice => slice.p50Band ?? slice.p95Band) && t('latency.bands'),
    slices.some(({ point }) => point.isUnread) && t('latency.hatched'),
    t('latency.pointsOpen'),
  ];
  return (
    <div className={styles.key}>{sentences.filter(Boolean).join(' ')}</div>
  );
}
