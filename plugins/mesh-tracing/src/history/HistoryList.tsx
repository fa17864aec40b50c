import { Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { HistoryEntry } from 'backstage-plugin-mesh-tracing-common';
import type { ReactNode } from 'react';
import { ErrorState, Loaded, StateMessage } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { HistoryItem } from './HistoryItem';
import styles from './HistoryList.module.css';
import type { HistoryPages } from './useHistoryPages';

/** Who changed what, when and why, the newest first, and the way to older ones. */
export function HistoryList(props: {
  pages: HistoryPages;
  /** Names the entity of each event. */
  namesEntities?: boolean;
  /** What can be done with an event. */
  actionOf?: (entry: HistoryEntry) => ReactNode;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { pages } = props;
  return (
    <Loaded load={pages.newest} lines={3}>
      {() => (
        <>
          {pages.entries.length === 0 && !pages.hasOlder && (
            <StateMessage kind="empty" title={t('history.empty')} />
          )}
          <ol className={styles.list}>
            {pages.entries.map(entry => (
              <HistoryItem
                key={entry.id}
                entry={entry}
                namesEntity={props.namesEntities}
                action={props.actionOf?.(entry)}
              />
            ))}
          </ol>
          {pages.olderError !== undefined && (
            <ErrorState error={pages.olderError} />
          )}
          {pages.hasOlder && (
            <div className={styles.actions}>
              <Button
                size="small"
                variant="secondary"
                isPending={pages.isLoadingOlder}
                onPress={pages.loadOlder}
              >
                {t('history.older')}
              </Button>
            </div>
          )}
        </>
      )}
    </Loaded>
  );
}
