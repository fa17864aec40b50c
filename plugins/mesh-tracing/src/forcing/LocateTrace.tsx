import { Box, Link } from '@backstage/ui';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { LocatedTrace } from 'backstage-plugin-mesh-tracing-common';
import { useRef, useState } from 'react';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { PlainList } from '../shared/layout/PlainList';
import { useEntityPage } from '../shared/names/useEntityPage';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './FindTrace.module.css';
import { TraceIdField } from './TraceIdField';
import { AwaitedNotice } from './wait/AwaitedNotice';
import { useAwaited, type AwaitTiming } from './wait/useAwaited';

/** Finds which of the user's entities a trace belongs to, and leads there. */
export function LocateTrace(props: { timing?: AwaitTiming }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const wanted = useRef('');
  const [traceId, setTraceId] = useState<string>();
  const awaiting = useAwaited(
    signal => api.locateTrace(wanted.current, { signal }),
    props.timing,
  );
  const { awaited, start } = awaiting;
  return (
    <Box bg="neutral" className={styles.box}>
      <div className={styles.row}>
        <TraceIdField
          isBusy={awaited.state === 'waiting' || awaited.state === 'settling'}
          onOpen={id => {
            wanted.current = id;
            setTraceId(id);
            start();
          }}
        />
      </div>
      {traceId !== undefined && (
        <AwaitedNotice
          traceId={traceId}
          awaiting={awaiting}
          whyNotFound={t('openTrace.notYours')}
        />
      )}
      {awaited.state === 'found' && <Located trace={awaited.value} />}
    </Box>
  );
}

function Located({ trace }: { trace: LocatedTrace }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entities, traceId } = trace;
  return (
    <div className={styles.located} role="status">
      {entities.length === 1
        ? t('openTrace.locatedOne')
        : t('openTrace.located', { total: String(entities.length) })}
      <PlainList>
        {entities.map(({ entityRef, title }) => (
          <li key={entityRef}>
            <TraceLink entityRef={entityRef} title={title} traceId={traceId} />
          </li>
        ))}
      </PlainList>
    </div>
  );
}

function TraceLink(props: {
  entityRef: string;
  title?: string;
  traceId: string;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entityRef, traceId } = props;
  const page = useEntityPage()(entityRef);
  const name = props.title ?? entityRef.slice(entityRef.indexOf('/') + 1);
  return page === undefined ? (
    <EntityRefLink entityRef={entityRef} title={name} />
  ) : (
    <Link href={`${page}/tracing?view=traces&trace=${traceId}`}>
      {t('openTrace.locatedIn', { name })}
    </Link>
  );
}
