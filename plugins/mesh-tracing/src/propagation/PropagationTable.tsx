import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { PropagationResponse } from 'backstage-plugin-mesh-tracing-common';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import {
  FigureCell,
  FigureNote,
  FigureTable,
} from '../shared/figures/FigureTable';
import {
  formatCount,
  formatDuration,
  formatShare,
} from '../shared/figures/format';
import { formatShareBounds } from '../shared/sample/estimates';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';

type Row = PropagationResponse['rows'][number];

/** Calls by caller, operation and peer, with what is wrong and a trace to look at. */
export function PropagationTable(props: { response: PropagationResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { rows, leftOut } = props.response;
  return (
    <div>
      <FigureTable
        label={t('propagation.table')}
        columns={[
          { name: t('propagation.caller'), isText: true },
          { name: t('propagation.peer'), isText: true },
          { name: t('propagation.why'), isText: true },
          { name: t('propagation.share') },
          { name: t('propagation.calls') },
          { name: t('propagation.duration') },
          { name: t('propagation.looks'), isText: true },
        ]}
      >
        {rows.map(row => (
          <CallRow key={keyOf(row)} row={row} />
        ))}
      </FigureTable>
      {leftOut.rowCount > 0 &&
        t('propagation.left', {
          count: leftOut.rowCount,
          total: formatCount(leftOut.rowCount),
        })}
    </div>
  );
}

function keyOf(row: Row): string {
  const { caller, callerVersion, callerNamespace, operation, peer } = row;
  return JSON.stringify([
    caller,
    callerVersion,
    callerNamespace,
    operation,
    peer,
  ]);
}

function CallRow({ row }: { row: Row }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const bounds = row.share === null ? '' : formatShareBounds(row.shareBounds);
  return (
    <tr>
      <th scope="row">
        {[row.caller, row.callerVersion].filter(Boolean).join(' ')}
        <FigureNote>{row.operation}</FigureNote>
      </th>
      <td>{row.peer}</td>
      <td>
        <Kinds row={row} />
        {row.withinShare !== null && (
          <FigureNote>
            {t('propagation.within', {
              share: formatShare(row.withinShare, 1),
            })}
          </FigureNote>
        )}
      </td>
      <FigureCell>
        {row.share === null ? '–' : formatShare(row.share, 1)}
        {bounds && <FigureNote>({bounds})</FigureNote>}
      </FigureCell>
      <FigureCell>{formatCount(row.callCount)}</FigureCell>
      <FigureCell>
        {row.newTraceDurationUs === null
          ? '–'
          : formatDuration(row.newTraceDurationUs)}
      </FigureCell>
      <td>
        <Examples row={row} />
      </td>
    </tr>
  );
}

function Kinds({ row }: { row: Row }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const ofMissing = {
    'trace-context': t('propagation.kinds.traceContext'),
    'request-id': t('propagation.kinds.requestId'),
    'sampled-flag': t('propagation.kinds.sampledFlag'),
  };
  const ofKind = {
    'no-headers': t('propagation.kinds.noHeaders'),
    'some-headers': t('propagation.kinds.traceContext'),
    'wrong-parent': t('propagation.kinds.wrongParent'),
    'new-trace-on-purpose': t('propagation.kinds.purpose'),
  };
  const parts = row.kinds.map(
    ({ kind, missing, count }) =>
      `${missing ? ofMissing[missing] : ofKind[kind]} (${formatCount(count)})`,
  );
  if (row.requestIdLostCount > 0) {
    const count = formatCount(row.requestIdLostCount);
    parts.push(`${ofMissing['request-id']} (${count})`);
  }
  return <>{parts.join(', ') || t('propagation.kinds.none')}</>;
}

/** The newest example: the call's own trace, and that of its request. */
function Examples({ row }: { row: Row }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { href } = useTracingUrl();
  const [example] = row.examples;
  if (!example) {
    return <>–</>;
  }
  const to = (trace: string) => href({ view: 'traces', trace });
  return (
    <>
      <Link href={to(example.traceId)}>{t('propagation.newTrace')}</Link>
      {example.servedTraceId && (
        <FigureNote>
          <Link href={to(example.servedTraceId)}>
            {t('propagation.servedTrace')}
          </Link>
        </FigureNote>
      )}
    </>
  );
}
