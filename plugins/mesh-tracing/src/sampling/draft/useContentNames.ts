import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { ContentField } from './overrideContent';

/** Names of what an override says, for people. */
export function useContentNames(): Record<ContentField, string> {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return {
    samplingPercent: t('ladder.samplingPercent'),
    customTags: t('ladder.customTags'),
    provider: t('ladder.provider'),
    disableSpanReporting: t('form.reporting'),
    disableContextPropagation: t('form.propagation'),
    expiresAt: t('form.end'),
    reason: t('form.reason'),
  };
}
