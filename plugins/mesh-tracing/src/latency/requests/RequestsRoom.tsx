import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MeasuredRequests,
  RequestsResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { formatSpan } from '../../shared/figures/format';
import { Panel } from '../../shared/layout/Panel';
import { SeverityIcon } from '../../shared/notes/SeverityIcon';
import { Loaded } from '../../shared/states/Loaded';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { MeasuredFigures } from './MeasuredFigures';
import { RequestTables } from './RequestTables';
import styles from './requests.module.css';
import { TracedShare } from './TracedShare';
import { useRequests } from './useRequests';
import { useSourceText } from './useSourceText';

/**
 * The headline of the latency view: figures of all requests, where there are metrics.
 * Without these it is one quiet line, and what traces tell stands alone.
 */
export function RequestsRoom(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const load = useRequests(props.entityRef);
  const { value } = load;
  if (value && !value.requests && value.problem === undefined) {
    return (
      <p className={styles.quiet}>
        {t('requests.notConfigured', { store: value.store })}
      </p>
    );
  }
  const requests = value?.requests;
  return (
    <>
      <Panel
        title={
          requests?.source.counts === 'traced-requests'
            ? t('requests.tracedTitle')
            : t('latency.allTitle')
        }
        note={requests && <Basis answer={value} requests={requests} />}
        busy={load.loading}
      >
        <Loaded load={load} lines={5}>
          {answer => (
            <>
              {answer.problem !== undefined && (
                <Problem problem={answer.problem} />
              )}
              {answer.requests && (
                <MeasuredFigures
                  requests={answer.requests}
                  windowMs={answer.endTimeMs - answer.startTimeMs}
                />
              )}
              {answer.requests?.overall &&
                answer.requests.source.counts === 'every-request' && (
                  <TracedShare entityRef={props.entityRef} />
                )}
            </>
          )}
        </Loaded>
      </Panel>
      {requests && <RequestTables requests={requests} />}
    </>
  );
}

/** What the figures are of, and from where. */
function Basis(props: {
  answer: RequestsResponse;
  requests: MeasuredRequests;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const sourceText = useSourceText();
  const { store, startTimeMs, endTimeMs } = props.answer;
  const { source } = props.requests;
  return (
    <>
      {t('requests.source', {
        source: sourceText(source),
        store,
        window: formatSpan(endTimeMs - startTimeMs),
      })}{' '}
      {source.counts === 'every-request'
        ? t('requests.everyRequest')
        : t('requests.tracedOnly')}
    </>
  );
}

function Problem({ problem }: { problem: string }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <p className={styles.note} role="status">
      <SeverityIcon severity="warning" />
      <span>
        {t('requests.problem', { problem })} {t('requests.problemRest')}
      </span>
    </p>
  );
}
