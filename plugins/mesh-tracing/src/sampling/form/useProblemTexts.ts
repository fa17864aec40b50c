import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SamplingAbility } from 'backstage-plugin-mesh-tracing-common';
import { formatPercent, formatSpan } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { Problem } from '../draft/validateDraft';

/** The sentence for each problem of the form; it names the field. */
export function useProblemTexts(
  ability: SamplingAbility,
): Record<Problem, string> {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return {
    'percent-range': t('problems.percentRange'),
    'percent-step': t('problems.percentStep'),
    'percent-cap': t('problems.percentCap', {
      max: formatPercent(ability.maxPercent),
    }),
    'nothing-changes': Object.values(ability.fields ?? {}).some(Boolean)
      ? t('problems.nothingChangesOfAll')
      : t('problems.nothingChanges'),
    'too-many-tags': t('problems.tooManyTags', {
      max: String(ability.maxCustomTags),
    }),
    'tag-name-empty': t('problems.tagNameEmpty'),
    'tag-name-twice': t('problems.tagNameTwice'),
    'tag-value-empty': t('problems.tagValueEmpty'),
    'tag-header-invalid': t('problems.tagHeaderInvalid'),
    'tag-header-denied': t('problems.tagHeaderDenied'),
    'tag-header-looks-secret': t('problems.tagHeaderLooksSecret'),
    'tag-variable-looks-secret': t('problems.tagVariableLooksSecret'),
    'tag-kind-not-allowed': t('problems.tagKindNotAllowed'),
    'end-missing': t('problems.endMissing'),
    'end-past': t('problems.endPast'),
    'end-too-late': t('problems.endTooLate', {
      span: formatSpan(ability.maxDurationMs),
    }),
    'permanent-not-allowed': t('problems.permanentNotAllowed'),
    'reason-missing': t('problems.reasonMissing'),
  };
}
