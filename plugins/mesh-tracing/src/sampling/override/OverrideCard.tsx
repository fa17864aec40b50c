import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  OverrideView,
  SamplingAbility,
  SamplingEffect,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { useRef } from 'react';
import { formatDateTime, formatPercent } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { tagText } from '../../tracing';
import { mayChange } from '../draft/mayChange';
import { contentValue, settingsOf } from '../draft/overrideContent';
import { useContentNames } from '../draft/useContentNames';
import { FirstHops } from '../effect/FirstHops';
import { useEffectSummary } from '../effect/useEffectTexts';
import { TOOL_NAMES } from '../handover/toolNames';
import { ActorName } from '../history/ActorName';
import { ChangeSteps } from './ChangeSteps';
import { OverrideActions } from './OverrideActions';
import styles from './OverrideCard.module.css';
import { OverrideEnd } from './OverrideEnd';
import { RefusedByProxies } from './RefusedByProxies';

/** The override in force: what, until when, by whom, and the way out of it. */
export function OverrideCard(props: {
  entityRef: CompoundEntityRef;
  item: WorkloadTracing;
  override: OverrideView;
  ability: SamplingAbility;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { override, ability } = props;
  const names = useContentNames();
  const card = useRef<HTMLElement>(null);
  const { scope = 'workload' } = override;
  const titles = {
    workload: t('override.active'),
    namespace: t('override.activeNamespace', { name: override.namespace }),
    mesh: t('override.activeMesh', { name: props.item.workload.cluster }),
  };
  return (
    <section
      ref={card}
      tabIndex={-1}
      className={styles.card}
      aria-label={titles[scope]}
    >
      <div className={styles.facts}>
        <div className={styles.title}>
          {titles[scope]}
          {': '}
          {override.samplingPercent === null
            ? settingsOf(override)
                .map(field => names[field])
                .join(', ')
            : formatPercent(override.samplingPercent)}
          {' · '}
          <OverrideEnd
            expiresAt={override.expiresAt}
            isManaged={override.managedBy !== undefined}
          />
        </div>
        <Facts override={override} />
        {override.managedBy && (
          <div role="note">
            {t('override.managed', { tool: TOOL_NAMES[override.managedBy] })}
          </div>
        )}
        <ChangeSteps live={override.live} acceptance={props.item.acceptance} />
        <RefusedByProxies acceptance={props.item.acceptance} revertible />
        <Settings override={override} />
        {scope === 'workload' && override.live && props.item.overrideEffect && (
          <CardEffect effect={props.item.overrideEffect} />
        )}
      </div>
      {/* The portal would refuse to write what another tool manages. */}
      {mayChange(ability, scope) && !override.managedBy && (
        <OverrideActions {...props} card={card} />
      )}
    </section>
  );
}

/** What it does, as its preview said. */
function CardEffect({ effect }: { effect: SamplingEffect }) {
  const summaryOf = useEffectSummary();
  return (
    <div>
      {summaryOf(effect)}
      {effect.startedHere === 'none-start' && (
        <FirstHops firstHops={effect.firstHops} />
      )}
    </div>
  );
}

function Facts({ override }: { override: OverrideView }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <div className={styles.note}>
      {override.changedBy && (
        <>
          {t('override.by')} <ActorName entityRef={override.changedBy} />
          {'. '}
        </>
      )}
      {override.expiresAt !== undefined &&
        !override.managedBy &&
        `${t('override.endsAt', {
          at: formatDateTime(new Date(override.expiresAt).getTime()),
        })} `}
      {override.reason && t('override.reason', { text: override.reason })}{' '}
      <code>
        {override.namespace}/{override.name}
      </code>
    </div>
  );
}

/** What it sets besides sampling. */
function Settings({ override }: { override: OverrideView }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const names = useContentNames();
  const tags = Object.entries(override.customTags);
  const lines = settingsOf(override).flatMap(field => {
    if (field === 'customTags') {
      return tags.length === 0 ? [[field, t('ladder.noTags')]] : [];
    }
    const value = contentValue(override, field);
    return field === 'provider'
      ? [[field, String(value)]]
      : [[field, value ? t('ladder.off') : t('ladder.on')]];
  });
  return lines.length + tags.length === 0 ? null : (
    <ul className={styles.tags}>
      {lines.map(([field, text]) => (
        <li key={field}>
          {names[field as keyof typeof names]}: {text}
        </li>
      ))}
      {tags.map(([name, tag]) => (
        <li key={name}>
          <code>{name}</code> = {tagText(tag)}
        </li>
      ))}
    </ul>
  );
}
