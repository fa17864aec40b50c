import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MeasuredRequests } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

/** What is not there although the rest is, a sentence each. */
export function useMissingTexts(): (requests: MeasuredRequests) => string[] {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return ({ missing, source }) => {
    const texts = {
      series: t('requests.missingSeries'),
      operations: t('requests.missingOperations'),
      durations:
        source.kind === 'jaeger'
          ? t('requests.missingDurationsJaeger')
          : t('requests.missingDurations'),
    };
    return missing.map(part => texts[part]);
  };
}
