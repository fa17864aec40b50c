import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { HistoryList, useHistoryPages } from '../sampling';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { Panel } from '../shared/layout/Panel';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';

/** What was changed of everything that the signed-in user owns. */
export function OwnedHistory() {
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
