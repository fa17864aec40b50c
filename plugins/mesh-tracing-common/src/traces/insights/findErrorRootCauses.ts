import { textsOf, valuesOf } from '../model/attributes';
import { buildTraceTree, type TraceTree } from '../analyse/buildTraceTree';
import { isBlockingChild } from '../analyse/criticalPath';
import type { Attributes, Trace } from '../model/Trace';
import { responseFlagsOf } from './responseFlags';

/** Where an error of a trace began, as far as the trace tells. @public */
export interface ErrorRootCause {
  spanId: string;
  service: string;
  operation: string;
  /** Depth in the tree; 0 for roots. */
  depth: number;
  /** What {@link errorMessage} finds. */
  message?: string;
  /** Envoy's response flags, when they say more than `-`. */
  responseFlags?: string;
  /** Since `Trace.startTimeUs`. */
  offsetUs: number;
}

/**
 * Spans that failed although none of the children that they wait for did: the
 * errors above them follow from these. Deepest first.
 * @public
 */
export function findErrorRootCauses(trace: Trace): ErrorRootCause[] {
  return errorRootCausesIn(buildTraceTree(trace));
}

/** As {@link findErrorRootCauses}, of a trace that is arranged already. */
export function errorRootCausesIn({ rows }: TraceTree): ErrorRootCause[] {
  const hasFailedChild = new Uint8Array(rows.length);
  for (const row of rows) {
    const parent = rows[row.parentRow];
    if (
      parent &&
      row.span.status === 'error' &&
      isBlockingChild(parent.span, row.span)
    ) {
      hasFailedChild[row.parentRow] = 1;
    }
  }
  return rows
    .filter((row, i) => row.span.status === 'error' && !hasFailedChild[i])
    .map(({ span, depth }): ErrorRootCause => {
      const message = errorMessage(span);
      const flags = responseFlagsOf(span).join(',');
      return {
        spanId: span.spanId,
        service: span.service,
        operation: span.operation,
        depth,
        ...(message ? { message } : {}),
        ...(flags ? { responseFlags: flags } : {}),
        offsetUs: span.offsetUs,
      };
    })
    .sort((a, b) => b.depth - a.depth || a.offsetUs - b.offsetUs);
}

/** Where a message stands on an event or a span, best first. */
const MESSAGES = ['exception.message', 'error.message', 'error.object'];

/**
 * The best that a failed span says of its failure: the status message, else that
 * of an exception or error on an event, else on the span itself, else its HTTP or
 * gRPC status, else the kind of the error.
 * @public
 */
export function errorMessage(
  span: Pick<Trace['spans'][number], 'statusMessage' | 'events' | 'attributes'>,
): string | undefined {
  if (span.statusMessage) {
    return span.statusMessage;
  }
  for (const { attributes } of [...span.events, span]) {
    const text = messageOf(attributes);
    if (text) {
      return text;
    }
  }
  const [error] = textsOf(span.attributes.error).filter(
    text => !/^(true|false)?$/i.test(text),
  );
  const status = statusOf(span);
  const [type] = textsOf(span.attributes['error.type']);
  return error ?? (status ? `status ${status}` : type || undefined);
}

function messageOf(attributes: Attributes): string | undefined {
  return MESSAGES.flatMap(name => textsOf(attributes[name])).find(
    text => text !== '',
  );
}

const STATUS_ATTRIBUTES = [
  'http.response.status_code',
  'http.status_code',
  'rpc.grpc.status_code',
  'grpc.status_code',
];

/** HTTP or gRPC status of a span, under its older or newer name. */
export function statusOf(
  span: Pick<Trace['spans'][number], 'attributes'>,
): string | undefined {
  const status = STATUS_ATTRIBUTES.flatMap(name =>
    valuesOf(span.attributes[name]),
  ).find(value => typeof value === 'string' || typeof value === 'number');
  return status === undefined ? undefined : String(status);
}
