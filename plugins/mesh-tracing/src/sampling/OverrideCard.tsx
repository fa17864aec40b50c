import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  OverrideView,
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { formatDateTime, formatPercent, OverrideEnd } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { ChangeSteps } from './ChangeSteps';
import styles from './OverrideCard.module.css';
import { OverrideActions } from './OverrideActions';
import { RefusedByProxies } from './RefusedByProxies';
import { tagText } from './tagText';

const TOOLS: Record<NonNullable<OverrideView['managedBy']>, string> = {
  argocd: 'Argo CD',
  flux: 'Flux',
  helm: 'Helm',
};

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
  const { scope = 'workload' } = override;
  const titles = {
    workload: t('override.active'),
    namespace: t('override.activeNamespace', { name: override.namespace }),
    mesh: t('override.activeMesh', { name: props.item.workload.cluster }),
  };
  const isAllowed =
    scope === 'workload'
      ? ability.allowed
      : ability.scopes?.some(other => other.scope === scope && other.allowed) ??
        false;
  return (
    <section className={styles.card} aria-label={titles[scope]}>
      <div className={styles.facts}>
        <div className={styles.title}>
          {titles[scope]}
          {': '}
          {override.samplingPercent === null
            ? t('override.tagsOnly')
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
            {t('override.managed', { tool: TOOLS[override.managedBy] })}
          </div>
        )}
        <ChangeSteps live={override.live} acceptance={props.item.acceptance} />
        <RefusedByProxies acceptance={props.item.acceptance} revertible />
        <Tags override={override} />
      </div>
      {isAllowed && <OverrideActions {...props} />}
    </section>
  );
}

function Facts({ override }: { override: OverrideView }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <div className={styles.note}>
      {override.changedBy && (
        <>
          {t('override.by')} <EntityRefLink entityRef={override.changedBy} />
          {'. '}
        </>
      )}
      {override.expiresAt !== undefined &&
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

function Tags({ override }: { override: OverrideView }) {
  const tags = Object.entries(override.customTags);
  return tags.length === 0 ? null : (
    <ul className={styles.tags}>
      {tags.map(([name, tag]) => (
        <li key={name}>
          <code>{name}</code> = {tagText(tag)}
        </li>
      ))}
    </ul>
  );
}
