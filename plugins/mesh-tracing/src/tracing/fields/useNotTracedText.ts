import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { spanReporting } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

type NotReported = Exclude<ReturnType<typeof spanReporting>, 'reported'>;

/** Why no span leaves a workload, in a few words. */
export function useNotTracedText(): (
  reporting: NotReported,
  isAmbient?: boolean,
) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (reporting, isAmbient = false) =>
    reporting === 'no-proxy' && isAmbient
      ? t('notTraced.ambient')
      : t(`notTraced.${reporting}`);
}
