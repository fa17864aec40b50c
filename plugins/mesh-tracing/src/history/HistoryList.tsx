import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { HistoryEntry } from 'backstage-plugin-mesh-tracing-common';
import type { ReactNode } from 'react';
import { Loaded, LoadOlder, PlainList, StateMessage } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { HistoryItem } from './HistoryItem';
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
          <PlainList ordered>
            {pages.entries.map(entry => (
              <HistoryItem
                key={entry.id}
                entry={entry}
                namesEntity={props.namesEntities}
                action={props.actionOf?.(entry)}
              />
            ))}
          </PlainList>
          <LoadOlder
            label={t('history.older')}
            count={pages.entries.length}
            loading={pages.isLoadingOlder}
            error={pages.olderError}
            onLoad={pages.hasOlder ? pages.loadOlder : undefined}
          />
        </>
      )}
    </Loaded>
  );
}
