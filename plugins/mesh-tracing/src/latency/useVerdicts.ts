import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LatencyComparison } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';

/** Outcomes of a comparison, for people. */
export function useVerdicts(): Record<LatencyComparison['verdict'], string> {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return {
    slower: t('comparison.slower'),
    faster: t('comparison.faster'),
    'more errors': t('comparison.moreErrors'),
    'fewer errors': t('comparison.fewerErrors'),
    similar: t('comparison.similar'),
    'too few requests': t('comparison.tooFew'),
  };
}
