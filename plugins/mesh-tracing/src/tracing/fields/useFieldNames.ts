import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { TracingField } from './tracingFields';

/** Names of the fields, for people. */
export function useFieldNames(): Record<TracingField, string> {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return {
    samplingPercent: t('ladder.samplingPercent'),
    enabled: t('ladder.enabled'),
    provider: t('ladder.provider'),
    customTags: t('ladder.customTags'),
    istioTags: t('ladder.istioTags'),
    useRequestId: t('ladder.useRequestId'),
    disableContextPropagation: t('ladder.contextPropagation'),
    maxTagLength: t('ladder.maxTagLength'),
  };
}
