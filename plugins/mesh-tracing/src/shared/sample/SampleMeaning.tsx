import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SampleFacts } from 'backstage-plugin-mesh-tracing-common';
import { formatCount } from '../figures/format';
import { Foldable } from '../layout/Foldable';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';
import styles from './SampleStatus.module.css';

/** How a sample was taken, and what the figures beside it can and can't tell. */
export function SampleMeaning({ sample }: { sample: SampleFacts }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { sliceCount, wholeSliceCount, unreadSliceCount } = sample;
  return (
    <Foldable title={t('sample.meaning')}>
      <div className={styles.meaning}>
        <p>
          {t('sample.howRead', { total: formatCount(sliceCount) })}{' '}
          {wholeSliceCount > 0 &&
            t('sample.whole', {
              count: wholeSliceCount,
              total: formatCount(wholeSliceCount),
            })}{' '}
          {unreadSliceCount > 0 &&
            t('sample.unreadMeaning', {
              count: unreadSliceCount,
              total: formatCount(unreadSliceCount),
            })}
        </p>
        <p>{t('sample.bounds')}</p>
        <p>{t('sample.ofTraced')}</p>
      </div>
    </Foldable>
  );
}
