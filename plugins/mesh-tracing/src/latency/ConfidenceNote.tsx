import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LatencyResponse } from 'backstage-plugin-mesh-tracing-common';
import {
  formatCount,
  formatPercent,
  formatShare,
} from '../shared/figures/format';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';

/** What the sampled requests say of all requests, and what they can't. */
export function ConfidenceNote({ latency }: { latency: LatencyResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { confidence } = latency;
  if (!confidence || confidence.sampleSize === 0) {
    return null;
  }
  const { sampleSize, samplingPercent } = confidence;
  const errors = latency.latency.overall?.errorCount ?? 0;
  const counts = {
    count: sampleSize,
    total: formatCount(sampleSize),
    errors: formatCount(errors),
  };
  const sentences = [
    samplingPercent === null
      ? t('confidence.sampled', counts)
      : t('confidence.sampledAt', {
          ...counts,
          percent: formatPercent(samplingPercent),
        }),
    t('confidence.ofAll', {
      low: formatShare(confidence.errorRateLow, 1),
      high: formatShare(confidence.errorRateHigh, 1),
    }),
    !confidence.supportsP99 && t('confidence.noP99'),
  ];
  return <>{sentences.filter(Boolean).join(' ')}</>;
}
