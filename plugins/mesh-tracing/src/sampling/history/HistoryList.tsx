import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { HistoryEntry } from 'backstage-plugin-mesh-tracing-common';
import type { ReactNode } from 'react';
import { PlainList } from '../../shared/layout/PlainList';
import { Loaded } from '../../shared/states/Loaded';
import { LoadOlder } from '../../shared/states/LoadOlder';
import { StateMessage } from '../../shared/states/StateMessage';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
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
