import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatPercent,
  type SamplingEffect,
} from 'backstage-plugin-mesh-tracing-common';
import { useCallback } from 'react';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

/** The verdict on a change in sentences. */
export interface EffectTexts {
  /** What becomes of the number of traces. */
  here: string;
  /** What becomes of traces that began elsewhere. */
  elsewhere: string;
  /** Undefined where tags stay as they are. */
  tags?: string;
}

/** Gives the sentences of a verdict. */
export function useEffectTexts(): (effect: SamplingEffect) => EffectTexts {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const seenText = useSeenText();
  return useCallback(
    effect => {
      const { seen } = effect;
      const values = {
        before: formatPercent(effect.beforePercent),
        after: formatPercent(effect.afterPercent),
        seen: seen ? seenText(seen) : '',
      };
      const isMore = effect.afterPercent > effect.beforePercent;
      const hasBegun = seen !== null && seen.began > 0;
      const here = {
        unchanged: t('effect.unchanged'),
        'none-start': isMore
          ? t('effect.noneMore', values)
          : t('effect.noneFewer', values),
        more: hasBegun
          ? t('effect.more', values)
          : t('effect.entranceMore', values),
        fewer: hasBegun
          ? t('effect.fewer', values)
          : t('effect.entranceFewer', values),
        'more-if-any': t('effect.moreIfAny', values),
        'fewer-if-any': t('effect.fewerIfAny', values),
      };
      const kept = {
        before: formatPercent(effect.keptBeforePercent),
        after: formatPercent(effect.keptAfterPercent),
      };
      const elsewhere = {
        kept: t('effect.kept'),
        'not-traced': t('effect.notTraced'),
        'decided-again':
          effect.keptBeforePercent === effect.keptAfterPercent
            ? t('effect.asBefore', kept)
            : t('effect.cut', kept),
      };
      const tags = {
        unchanged: undefined,
        'on-new-spans': t('effect.tags'),
        'not-shown': t('effect.tagsNotShown'),
      };
      return {
        here: here[effect.startedHere],
        elsewhere: elsewhere[effect.startedElsewhere],
        tags: tags[effect.tags],
      };
    },
    [seenText, t],
  );
}

/** "0 of the 500 newest traces seen". */
export function useSeenText(): (
  seen: NonNullable<SamplingEffect['seen']>,
) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return useCallback(
    ({ traces, began, complete, isSample }) => {
      const counts = { traces: String(traces), began: String(began) };
      return complete || isSample
        ? t('effect.seen', counts)
        : t('effect.seenNewest', counts);
    },
    [t],
  );
}

/** What is in force now, in a few words: the same verdict as that of the preview. */
export function useEffectSummary(): (effect: SamplingEffect) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const textsOf = useEffectTexts();
  return useCallback(
    effect => {
      const { here, elsewhere, tags } = textsOf(effect);
      if (effect.samplingWithoutEffect) {
        return effect.tags === 'on-new-spans'
          ? t('effect.tagsOnly')
          : [tags, t('effect.noEffect')].filter(Boolean).join(' ');
      }
      return [tags, here, elsewhere].filter(Boolean).join(' ');
    },
    [t, textsOf],
  );
}
