import type { CompoundEntityRef } from '@backstage/catalog-model';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  OverrideView,
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import {
  ErrorState,
  formatDateTime,
  formatPercent,
  OverrideEnd,
  READABLE,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { ChangeSteps } from './ChangeSteps';
import styles from './OverrideCard.module.css';
import { RefusedByProxies } from './RefusedByProxies';
import { tagText } from './tagText';
import { useOverrideActions } from './useOverrideActions';

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
  const actions = useOverrideActions(props);
  const [confirming, setConfirming] = useState(false);
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
          <OverrideEnd expiresAt={override.expiresAt} />
        </div>
        <Facts override={override} />
        <ChangeSteps live={override.live} acceptance={props.item.acceptance} />
        <RefusedByProxies acceptance={props.item.acceptance} revertible />
        <Tags override={override} />
      </div>
      {isAllowed && (
        <div className={styles.actions}>
          {override.expiresAt !== undefined && (
            <Button
              size="small"
              variant="secondary"
              isPending={actions.pending === 'extend'}
              onPress={actions.extend}
            >
              {t('override.extend')}
            </Button>
          )}
          <Button
            size="small"
            variant="secondary"
            destructive
            isPending={actions.pending === 'revert'}
            onPress={() => setConfirming(true)}
          >
            {t('override.revert')}
          </Button>
        </div>
      )}
      {actions.error !== undefined && <ErrorState error={actions.error} />}
      {confirming && (
        <ConfirmRevert
          onClose={() => setConfirming(false)}
          onConfirm={reason => {
            setConfirming(false);
            actions.revert(reason);
          }}
        />
      )}
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

function ConfirmRevert(props: {
  onClose: () => void;
  onConfirm: (reason: string) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [reason, setReason] = useState('');
  return (
    <Dialog
      className={READABLE}
      isOpen
      onOpenChange={open => !open && props.onClose()}
      width={460}
    >
      <DialogHeader>{t('override.confirmTitle')}</DialogHeader>
      <DialogBody>
        <p className={styles.confirm}>{t('override.confirm')}</p>
        <TextField
          label={t('form.reason')}
          secondaryLabel={t('form.optional')}
          value={reason}
          maxLength={1000}
          onChange={setReason}
        />
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={props.onClose}>
          {t('common.cancel')}
        </Button>
        <Button destructive onPress={() => props.onConfirm(reason)}>
          {t('override.revert')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
