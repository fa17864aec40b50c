import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  FirstHop,
  SamplingEffect,
} from 'backstage-plugin-mesh-tracing-common';
import { EntityName } from '../../shared/names/EntityName';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from '../preview/PreviewPanel.module.css';
import { useEffectTexts } from './useEffectTexts';

/** The verdict on a change: traces that begin here, those that don't, and tags. */
export function EffectPanel({ effect }: { effect: SamplingEffect }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { here, elsewhere, tags } = useEffectTexts()(effect);
  const startsElsewhere = effect.startedHere === 'none-start';
  return (
    <div className={styles.part}>
      <h4>{t('effect.title')}</h4>
      <div>
        <strong>{here}</strong>
      </div>
      {startsElsewhere && <FirstHops firstHops={effect.firstHops} />}
      <div>{elsewhere}</div>
      {tags && <div>{tags}</div>}
    </div>
  );
}

/** Where the traces start whose number is wished to change, and whose that is. */
export function FirstHops({ firstHops }: { firstHops: FirstHop[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return firstHops.length === 0 ? null : (
    <div>
      {t('effect.firstHops')}{' '}
      {firstHops.map(({ service, entityRef, ownerRefs }, index) => (
        <span key={service}>
          {index > 0 && ', '}
          <EntityName entityRef={entityRef} name={service} />
          {ownerRefs.length > 0 && (
            <>
              {' ('}
              {t('effect.owner')}{' '}
              <EntityRefLinks entityRefs={ownerRefs} hideIcons />)
            </>
          )}
        </span>
      ))}
    </div>
  );
}
