import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  scopeOfTarget,
  type HistoryEntry,
  type OverrideScope,
} from 'backstage-plugin-mesh-tracing-common';
import { Fragment, lazy, Suspense, useState, type ReactNode } from 'react';
import { formatDateTime } from '../../shared/figures/format';
import { LoadingLines } from '../../shared/states/Loaded';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { ActorName } from './ActorName';
import styles from './HistoryItem.module.css';

const YamlDiff = lazy(() =>
  import('../parts/YamlDiff').then(m => ({ default: m.YamlDiff })),
);

/** One event of a history. */
export function HistoryItem(props: {
  entry: HistoryEntry;
  /** Names the entity too, where there are several. */
  namesEntity?: boolean;
  action?: ReactNode;
}) {
  const { entry } = props;
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [open, setOpen] = useState(false);
  const kinds: Record<HistoryEntry['kind'], string> = {
    apply: t('history.apply'),
    revert: t('history.revert'),
    expire: t('history.expire'),
    extend: t('history.extend'),
    'outside-change': t('history.outsideChange'),
    'outside-delete': t('history.outsideDelete'),
  };
  const outcomes: Record<HistoryEntry['outcome'], string> = {
    pending: t('history.pending'),
    succeeded: t('history.succeeded'),
    failed: t('history.failed'),
    superseded: t('history.superseded'),
  };
  const scope = scopeOfTarget(entry.workload);
  const targets: Record<OverrideScope, string> = {
    workload: entry.workload.name,
    namespace: t('history.namespace', { name: entry.workload.name }),
    mesh: t('history.mesh', { name: entry.workload.cluster }),
  };
  return (
    <li className={styles.entry}>
      <div>
        <time dateTime={entry.at} className={styles.at}>
          {formatDateTime(new Date(entry.at).getTime())}
        </time>{' '}
        <strong>{kinds[entry.kind]}</strong> {targets[scope]}
        {props.namesEntity && (
          <>
            {' · '}
            {entry.entityRef ? (
              <ActorName entityRef={entry.entityRef} />
            ) : (
              t('history.hiddenEntity')
            )}
          </>
        )}
        {', '}
        {t('override.by')} <ActorName entityRef={entry.actor} />
        {entry.onBehalfOf && <ActedFor owners={entry.onBehalfOf} />}
        {' · '}
        {outcomes[entry.outcome]}
      </div>
      {(entry.reason || entry.message) && (
        <div className={styles.note}>
          {[entry.reason, entry.message].filter(Boolean).join(' · ')}
        </div>
      )}
      {(entry.before !== undefined || entry.after !== undefined) && (
        <details onToggle={event => setOpen(event.currentTarget.open)}>
          <summary>{t('history.changes')}</summary>
          {open && (
            <Suspense fallback={<LoadingLines lines={3} />}>
              <YamlDiff before={entry.before ?? ''} after={entry.after ?? ''} />
            </Suspense>
          )}
        </details>
      )}
      {props.action && <div className={styles.actions}>{props.action}</div>}
    </li>
  );
}

/** Those in whose place somebody acted. */
function ActedFor({ owners }: { owners: string[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <>
      {' '}
      {t('history.onBehalfOf')}{' '}
      {owners.map((owner, index) => (
        <Fragment key={owner}>
          {index > 0 && ', '}
          <ActorName entityRef={owner} />
        </Fragment>
      ))}
    </>
  );
}
