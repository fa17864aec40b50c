import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SamplingEffect } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { FirstHops } from '../effect/FirstHops';
import { useEffectTexts } from '../effect/useEffectTexts';
import { PreviewPart } from '../parts/PreviewPart';

/** The verdict on a change: traces that begin here, those that don't, and tags. */
export function EffectPanel({ effect }: { effect: SamplingEffect }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { here, elsewhere, tags } = useEffectTexts()(effect);
  const startsElsewhere = effect.startedHere === 'none-start';
  return (
    <PreviewPart title={t('effect.title')}>
      <div>
        <strong>{here}</strong>
      </div>
      {startsElsewhere && <FirstHops firstHops={effect.firstHops} />}
      <div>{elsewhere}</div>
      {tags && <div>{tags}</div>}
    </PreviewPart>
  );
}
