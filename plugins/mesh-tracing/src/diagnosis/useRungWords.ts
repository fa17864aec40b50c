import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RungId, RungVerdict } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';

/** Names of rungs and verdicts for people. */
export function useRungWords(): {
  rung: (id: RungId) => string;
  verdict: (verdict: RungVerdict) => string;
} {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return {
    rung: id => t(id === 'in-mesh' ? 'rungs.inMesh' : `rungs.${id}`),
    verdict: verdict =>
      ({
        good: t('diagnosis.verdictGood'),
        broken: t('diagnosis.verdictBroken'),
        doubtful: t('diagnosis.verdictDoubtful'),
        unknown: t('diagnosis.verdictUnknown'),
      }[verdict]),
  };
}
