import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  SetupEvidence,
  SetupFact,
} from 'backstage-plugin-mesh-tracing-common';
import {
  formatBytes,
  formatCount,
  formatDateTime,
  formatPercent,
  formatRate,
  formatSpan,
} from '../shared/figures/format';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';

/** A piece of evidence as label and value. */
export function useEvidenceTexts() {
  const labels = useLabels();
  const valueOf = useValueText();
  return (evidence: SetupEvidence) => ({
    label: labels[evidence.fact],
    value: valueOf(evidence),
  });
}

function useValueText() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return ({ value, unit }: SetupEvidence): string => {
    if (typeof value === 'string') {
      return value;
    }
    switch (unit) {
      case 'percent':
        return formatPercent(Number(value.toPrecision(3)));
      case 'per-second':
        return t('setup.perSecond', { rate: formatRate(value) });
      case 'per-minute':
        return t('setup.perMinute', { rate: formatRate(value) });
      case 'bytes':
        return formatBytes(value);
      case 'duration-ms':
        return formatSpan(value);
      case 'time-ms':
        return formatDateTime(value);
      default:
        return formatCount(value);
    }
  };
}

function useLabels(): Record<SetupFact, string> {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return {
    'sampling-percent': t('setup.factSamplingPercent'),
    'suggested-percent': t('setup.factSuggestedPercent'),
    'requests-per-second': t('setup.factRequestsPerSecond'),
    'spans-per-second': t('setup.factSpansPerSecond'),
    'traces-per-minute': t('setup.factTracesPerMinute'),
    age: t('setup.factAge'),
    'set-at': t('setup.factSetAt'),
    'set-by': t('setup.factSetBy'),
    'ends-at': t('setup.factEndsAt'),
    source: t('setup.factSource'),
    sign: t('setup.factSign'),
    'error-objective': t('setup.factErrorObjective'),
    'time-between-failures': t('setup.factTimeBetweenFailures'),
    tag: t('setup.factTag'),
    shape: t('setup.factShape'),
    'span-count': t('setup.factSpanCount'),
    'distinct-values': t('setup.factDistinctValues'),
    share: t('setup.factShare'),
    'request-count': t('setup.factRequestCount'),
    'bytes-per-span': t('setup.factBytesPerSpan'),
    'bytes-of-tag': t('setup.factBytesOfTag'),
    'former-name': t('setup.factFormerName'),
    'present-name': t('setup.factPresentName'),
    'changed-at': t('setup.factChangedAt'),
    range: t('setup.factRange'),
    'oldest-trace-at': t('setup.factOldestTraceAt'),
    'names-looked-at': t('setup.factNamesLookedAt'),
  };
}
