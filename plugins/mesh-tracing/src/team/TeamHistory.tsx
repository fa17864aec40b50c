import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingApiRef } from '../api';
import { HistoryList, useHistoryPages } from '../history';
import { Panel } from '../shared';
import { meshTracingTranslationRef } from '../translation';

/** What was changed of everything that the signed-in user owns. */
export function TeamHistory() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const pages = useHistoryPages('owned', (page, signal) =>
    api.getOwnedHistory(page, { signal }),
  );
  return (
    <Panel title={t('history.recent')} busy={pages.newest.loading}>
      <HistoryList pages={pages} namesEntities />
    </Panel>
  );
}
