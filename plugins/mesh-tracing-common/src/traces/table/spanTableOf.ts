import { requestIdOf } from '../model/requestId';
import { textsOf } from '../model/attributes';
import { indexSpans } from '../model/indexSpans';
import { identityTexts } from '../model/meshIdentity';
import type { Span, Trace } from '../model/Trace';
import { peerOf, protocolOf, SIGN_OF_ATTRIBUTE } from '../model/peer';
import { SenderIndex } from './senderIndex';
import { SPAN_KINDS } from '../model/spanKind';
import {
  allocateSpanColumns,
  SPAN_FLAGS,
  type SpanColumns,
  type SpanTable,
} from './SpanTable';
import { readStatus, STATUS_ATTRIBUTES } from '../model/statusCode';
import { TextIndex } from './TextIndex';

function protocolSigns(span: Span): number {
  let signs = 0;
  for (const [attribute, sign] of SIGN_OF_ATTRIBUTE) {
    if (Object.hasOwn(span.attributes, attribute)) {
      signs |= sign;
    }
  }
  return signs;
}

function statusOf({ attributes }: Span): number {
  return readStatus(index => {
    const value = attributes[STATUS_ATTRIBUTES[index] as string];
    return typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : undefined;
  });
}

class Writer {
  readonly senders = new SenderIndex();
  readonly operations = new TextIndex();
  readonly peers = new TextIndex();

  constructor(readonly columns: SpanColumns) {}

  writeSpan(index: number, span: Span): void {
    const { columns } = this;
    const kind = SPAN_KINDS.indexOf(span.kind);
    const [version] = textsOf(span.resource['service.version']);
    const isCalling = span.kind === 'client' || span.kind === 'producer';
    const peer = isCalling ? peerOf(span) : undefined;
    columns.starts[index] = span.offsetUs;
    columns.ends[index] = span.offsetUs + span.durationUs;
    columns.durations[index] = span.durationUs;
    columns.kinds[index] = kind;
    columns.protocols[index] = protocolOf(protocolSigns(span), kind);
    columns.statuses[index] = statusOf(span);
    columns.operationOf[index] = this.operations.indexOf(span.operation);
    columns.requestIds[index] = requestIdOf(span);
    columns.peerOf[index] = peer ? this.peers.indexOf(peer) : -1;
    columns.senderOf[index] = this.senders.indexOf({
      service: span.service,
      ...identityTexts(span),
      serviceVersion: version,
    });
  }
}

/** The columns of traces that exist as objects. @public */
export function spanTableOf(traces: Iterable<Trace>): SpanTable {
  const list = [...traces];
  const spanCount = list.reduce((sum, trace) => sum + trace.spans.length, 0);
  const columns = allocateSpanColumns(spanCount);
  const writer = new Writer(columns);
  const traceFirst = new Int32Array(list.length + 1);
  list.forEach((trace, traceIndex) => {
    const first = traceFirst[traceIndex] as number;
    traceFirst[traceIndex + 1] = first + trace.spans.length;
    const { parents } = indexSpans(trace);
    trace.spans.forEach((span, i) => {
      const parent = parents[i] as number;
      writer.writeSpan(first + i, span);
      columns.parents[first + i] = parent < 0 ? -1 : first + parent;
      columns.flags[first + i] =
        (span.status === 'error' ? SPAN_FLAGS.error : 0) |
        (span.followsFrom ? SPAN_FLAGS.followsFrom : 0) |
        (span.links.length > 0 ? SPAN_FLAGS.linked : 0) |
        (parent < 0 && span.parentSpanId !== undefined ? SPAN_FLAGS.orphan : 0);
    });
  });
  return {
    ...columns,
    traceIds: list.map(trace => trace.traceId),
    traceStartUs: Float64Array.from(list, trace => trace.startTimeUs),
    traceFirst,
    senders: writer.senders.senders,
    services: writer.senders.services.texts,
    operations: writer.operations.texts,
    peers: writer.peers.texts,
  };
}
