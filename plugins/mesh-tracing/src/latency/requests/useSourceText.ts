import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RequestSource } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

/** What the figures are made of, in words. */
export function useSourceText(): (source: RequestSource) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const names = {
    istio: t('requests.istio'),
    'span-metrics': t('requests.spanMetrics'),
    jaeger: t('requests.jaeger'),
    other: t('requests.other'),
  };
  return ({ kind }) => names[kind];
}
