import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PropagationResponse } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { formatCount, formatShare } from '../shared/figures/format';
import { Panel } from '../shared/layout/Panel';
import { SampleStatus } from '../shared/sample/SampleStatus';
import {
  type SampledLoad,
  useSampledLoad,
} from '../shared/sample/useSampledLoad';
import { Loaded } from '../shared/states/Loaded';
import { StateMessage } from '../shared/states/StateMessage';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { CoverageNote } from '../traces';
import { HeaderList } from './HeaderList';
import { PropagationTable } from './PropagationTable';
import { SnippetPicker } from './SnippetPicker';
import { VerdictList } from './VerdictList';
import styles from './PropagationPanel.module.css';

/** Whether the calls of an entity join the traces of its requests, and the mend. */
export function PropagationPanel(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const load = useSampledLoad(props.entityRef, (query, signal) =>
    api.getPropagation(props.entityRef, query, { signal }),
  );
  return (
    <Panel
      title={t('propagation.title')}
      note={load.value && <Basis load={load} response={load.value} />}
      busy={load.loading || load.refining !== undefined}
    >
      <Loaded load={load} lines={6}>
        {response => <Findings response={response} />}
      </Loaded>
    </Panel>
  );
}

function Findings({ response }: { response: PropagationResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <div className={styles.parts}>
      <VerdictList response={response} />
      {response.rows.length > 0 ? (
        <PropagationTable response={response} />
      ) : (
        <StateMessage kind="empty" title={t('propagation.empty')}>
          {t('propagation.emptyText')}
        </StateMessage>
      )}
      <HeaderList workloads={response.workloads} />
      <SnippetPicker />
    </div>
  );
}

/** Of which traces the figures are, and how they were weighed. */
function Basis(props: {
  load: SampledLoad<PropagationResponse>;
  response: PropagationResponse;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { traceCount, sample, coverage, all } = props.response;
  const { servedShare, startedShare } = all.rates;
  return (
    <div className={styles.basis}>
      {!sample &&
        t('propagation.basis', {
          count: traceCount,
          total: formatCount(traceCount),
        })}{' '}
      {servedShare !== undefined &&
        startedShare !== undefined &&
        (servedShare < 1 || startedShare < 1) &&
        t('propagation.rates', {
          served: formatShare(servedShare, 1),
          started: formatShare(startedShare, 1),
        })}{' '}
      <CoverageNote
        coverage={coverage}
        count={traceCount}
        isSample={sample !== undefined}
      />
      <SampleStatus load={props.load} p95Precision={undefined} />
    </div>
  );
}
