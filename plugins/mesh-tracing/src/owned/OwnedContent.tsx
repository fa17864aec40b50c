import { Button, SearchField, Select } from '@backstage/ui';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import type {
  OwnedResponse,
  OwnedSetupFindingsResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { Suspense, useState } from 'react';
import { AlertsOnDemand, LazyOwnedAlertRulesPanel } from '../alerts';
import { LocateTrace } from '../forcing';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { formatCount } from '../shared/figures/format';
import { Panel } from '../shared/layout/Panel';
import { READABLE } from '../shared/layout/readable';
import { ClusterBanners } from '../shared/notes/ClusterBanners';
import { Loaded } from '../shared/states/Loaded';
import { StateMessage } from '../shared/states/StateMessage';
import { useLoad } from '../shared/states/useLoad';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { LazyMeshSetupFindingsPanel } from '../setup';
import { OwnedAddressProblems } from './OwnedAddressProblems';
import styles from './OwnedContent.module.css';
import { OwnedHistory } from './OwnedHistory';
import { filterRows, ownedRows, SHOWN, type OwnedFilter } from './ownedRows';
import { OwnedTable } from './OwnedTable';

/** Everything that the signed-in user owns, from one request. */
export function OwnedContent() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const { parameters, update } = useTracingUrl();
  const owned = useLoad('owned', signal => api.getOwned({}, { signal }));
  const setup = useLoad('owned-setup', signal =>
    api.getOwnedSetupFindings({}, { signal }),
  );
  const filter: OwnedFilter = {
    text: parameters.get('text') ?? '',
    show: SHOWN.find(known => known === parameters.get('show')) ?? 'all',
  };
  return (
    <section
      className={`${READABLE} ${styles.page}`}
      aria-label={t('owned.pageTitle')}
    >
      <ClusterBanners clusters={owned.value?.clusters ?? []} />
      <OwnedAddressProblems />
      <LocateTrace />
      <div className={styles.filters}>
        <SearchField
          size="small"
          aria-label={t('owned.search')}
          placeholder={t('owned.search')}
          className={styles.search}
          value={filter.text}
          onChange={text =>
            update({ text: text || undefined }, { replace: true })
          }
        />
        <Select
          size="small"
          aria-label={t('owned.show')}
          className={styles.select}
          options={[
            { value: 'all', label: t('owned.showAll') },
            { value: 'override', label: t('owned.showOverride') },
            { value: 'findings', label: t('owned.showFindings') },
            { value: 'not-traced', label: t('owned.showNotTraced') },
          ]}
          selectedKey={filter.show}
          onSelectionChange={key =>
            update(
              { show: key === 'all' ? undefined : String(key) },
              { replace: true },
            )
          }
        />
      </div>
      <Panel
        title={t('owned.title')}
        note={owned.value && <Owners response={owned.value} />}
        busy={owned.loading}
        flush
      >
        <Loaded load={owned} lines={10}>
          {value => (
            <Owned response={value} setup={setup.value} filter={filter} />
          )}
        </Loaded>
      </Panel>
      <AlertsOnDemand>
        <LazyOwnedAlertRulesPanel />
      </AlertsOnDemand>
      <MeshSetup />
      <OwnedHistory />
    </section>
  );
}

/** Asked for by a button: few may see the mesh as a whole. */
function MeshSetup() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [isAsked, setAsked] = useState(false);
  return isAsked ? (
    <Suspense fallback={null}>
      <LazyMeshSetupFindingsPanel />
    </Suspense>
  ) : (
    <div>
      <Button size="small" variant="secondary" onPress={() => setAsked(true)}>
        {t('setup.meshTitle')}
      </Button>
    </div>
  );
}

function Owned(props: {
  response: OwnedResponse;
  setup: OwnedSetupFindingsResponse | undefined;
  filter: OwnedFilter;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const rows = ownedRows(props.response, props.setup);
  const shown = filterRows(rows, props.filter);
  if (rows.length === 0) {
    return (
      <StateMessage
        kind="empty"
        title={t('owned.emptyTitle')}
        whatToDo={t('owned.emptyWhatToDo')}
      />
    );
  }
  if (shown.length === 0) {
    return (
      <StateMessage
        kind="empty"
        title={t('owned.noMatchTitle')}
        whatToDo={t('owned.noMatchWhatToDo')}
      />
    );
  }
  return <OwnedTable rows={shown} />;
}

function Owners({ response }: { response: OwnedResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <>
      {t('owned.owners', {
        count: response.entities.length,
        total: formatCount(response.entities.length),
      })}{' '}
      <EntityRefLinks entityRefs={response.owners} hideIcons />
    </>
  );
}
