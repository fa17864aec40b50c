import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  HistoryEntry,
  HistoryResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { lazy, Suspense, useState } from 'react';
import {
  formatDateTime,
  Loaded,
  LoadingLines,
  Panel,
  StateMessage,
  type Load,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';
import styles from './HistoryPanel.module.css';

const YamlDiff = lazy(() =>
  import('./YamlDiff').then(m => ({ default: m.YamlDiff })),
);

/** Who changed what, when and why, the newest first. */
export function HistoryPanel({ history }: { history: Load<HistoryResponse> }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <Panel title={t('history.title')} busy={history.loading}>
      <Loaded load={history} lines={3}>
        {({ entries }) =>
          entries.length === 0 ? (
            <StateMessage kind="empty" title={t('history.empty')} />
          ) : (
            <ol className={styles.list}>
              {entries.map(entry => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Entry({ entry }: { entry: HistoryEntry }) {
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
  return (
    <li className={styles.entry}>
      <div>
        <time dateTime={entry.at} className={styles.at}>
          {formatDateTime(new Date(entry.at).getTime())}
        </time>{' '}
        <strong>{kinds[entry.kind]}</strong> {entry.workload.name}
        {', '}
        {t('override.by')} <Actor name={entry.actor} />
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
    </li>
  );
}

/** A user of the catalog, or the portal itself. */
function Actor({ name }: { name: string }) {
  return /^[^:/]+:[^:/]+\/[^:/]+$/.test(name) ? (
    <EntityRefLink entityRef={name} hideIcon />
  ) : (
    <>{name}</>
  );
}
