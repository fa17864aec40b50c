import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';

/** How a percentile changed: `p95 69 % higher`, `p50 unchanged`. */
export function useRatioText(): (percentile: string, ratio: number) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (percentile, ratio) => {
    const percent = Math.round((ratio - 1) * 100);
    if (percent === 0) {
      return t('ratio.same', { percentile });
    }
    if (percent > 200) {
      return t('ratio.times', {
        percentile,
        factor: String(Number(ratio.toPrecision(2))),
      });
    }
    return t(percent > 0 ? 'ratio.higher' : 'ratio.lower', {
      percentile,
      percent: `${Math.abs(percent)} %`,
    });
  };
}
