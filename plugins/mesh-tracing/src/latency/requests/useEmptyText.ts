import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RequestSource } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

/** What to look at where the metrics have no series of an entity. */
export function useEmptyText(): (source: RequestSource) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const hints = {
    istio: t('requests.emptyIstio'),
    'span-metrics': t('requests.emptySpans'),
    jaeger: t('requests.emptyJaeger'),
    other: '',
  };
  return ({ kind }) => `${t('requests.empty')} ${hints[kind]}`.trim();
}
