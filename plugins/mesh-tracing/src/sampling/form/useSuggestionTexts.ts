import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  RequestRateResponse,
  SuggestedPercentage,
} from 'backstage-plugin-mesh-tracing-common';
import {
  formatPercent,
  formatRate,
  formatShare,
  formatSpan,
} from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

type Rate = RequestRateResponse['workloads'][number];

/** The arithmetic of a suggestion in words, and why there is none. */
export function useSuggestionTexts() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const limits = (max: string) => ({
    least: t('suggest.limitedLeast'),
    most: t('suggest.limitedMost', { max }),
    requests: t('suggest.limitedRequests'),
  });
  return {
    withoutRate: (rate: Rate | undefined) =>
      rate?.problem === undefined
        ? t('suggest.noRate')
        : t('suggest.noRateProblem', { problem: rate.problem }),
    of: (
      suggestion: SuggestedPercentage,
      rate: Rate,
      errorRate: number | null,
      maxPercent: number,
    ): string[] => {
      const { percent, tracesPerMinute, limitedBy } = suggestion;
      const { secondsBetweenFailures: seconds } = suggestion;
      const { bounds, upperBound } = rate;
      return [
        t('suggest.arithmetic', {
          rate: formatRate(rate.requestsPerSecond ?? 0),
          percent: formatPercent(percent),
          traces: formatRate(tracesPerMinute),
        }),
        ...(limitedBy ? [limits(formatPercent(maxPercent))[limitedBy]] : []),
        ...(seconds !== undefined && errorRate !== null
          ? [
              t('suggest.failures', {
                share: formatShare(errorRate, 1),
                span: formatSpan(Math.max(1, seconds) * 1000),
              }),
            ]
          : []),
        ...(errorRate === 0 ? [t('suggest.noFailures')] : []),
        ...(bounds
          ? [
              t('suggest.bounds', {
                low: formatRate(bounds.low),
                high: formatRate(bounds.high),
              }),
            ]
          : []),
        ...(upperBound ? [t('suggest.upperBound')] : []),
      ];
    },
  };
}
