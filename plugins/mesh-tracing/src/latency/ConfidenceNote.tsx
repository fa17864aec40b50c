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
  const { samplingPercent } = confidence;
  const { overall } = latency.latency;
  const { sampleSize } = confidence;
  const counts = {
    count: sampleSize,
    total: formatCount(sampleSize),
    errors: formatCount(overall?.errorCount ?? 0),
  };
  const sentences = [
    // Of an estimate the sample is told above, and its count of errors is none.
    !overall?.estimate &&
      (samplingPercent === null
        ? t('confidence.sampled', counts)
        : t('confidence.sampledAt', {
            ...counts,
            percent: formatPercent(samplingPercent),
          })),
    t('confidence.ofAll', {
      low: formatShare(confidence.errorRateLow, 1),
      high: formatShare(confidence.errorRateHigh, 1),
    }),
    !confidence.supportsP99 && t('confidence.noP99'),
  ];
  return <>{sentences.filter(Boolean).join(' ')}</>;
}
