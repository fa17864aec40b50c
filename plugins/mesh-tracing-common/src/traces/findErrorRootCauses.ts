import { buildTraceTree } from './buildTraceTree';
import type { Trace } from './model';

/** Where an error of a trace began, as far as the trace tells. @public */
export interface ErrorRootCause {
  spanId: string;
  service: string;
  operation: string;
  /** Depth in the tree; 0 for roots. */
  depth: number;
  /** Status message, else message of an exception event, else HTTP or gRPC status. */
  message?: string;
  /** Envoy's response flags, when they say more than `-`. */
  responseFlags?: string;
  /** Since `Trace.startTimeUs`. */
  offsetUs: number;
}

/**
 * Spans that failed although none of their children did: the errors above them
 * follow from these. Deepest first.
 * @public
 */
export function findErrorRootCauses(trace: Trace): ErrorRootCause[] {
  const { rows } = buildTraceTree(trace);
  const hasFailedChild = new Uint8Array(rows.length);
  for (const row of rows) {
    if (row.span.status === 'error' && row.parentRow >= 0) {
      hasFailedChild[row.parentRow] = 1;
    }
  }
  return rows
    .filter((row, i) => row.span.status === 'error' && !hasFailedChild[i])
    .map(({ span, depth }): ErrorRootCause => {
      const message = errorMessage(span);
      const flags = span.attributes.response_flags;
      return {
        spanId: span.spanId,
        service: span.service,
        operation: span.operation,
        depth,
        ...(message ? { message } : {}),
        ...(typeof flags === 'string' && flags !== '-' && flags !== ''
          ? { responseFlags: flags }
          : {}),
        offsetUs: span.offsetUs,
      };
    })
    .sort((a, b) => b.depth - a.depth || a.offsetUs - b.offsetUs);
}

/** The best that a failed span says of its failure. @public */
export function errorMessage(
  span: Pick<Trace['spans'][number], 'statusMessage' | 'events' | 'attributes'>,
): string | undefined {
  if (span.statusMessage) {
    return span.statusMessage;
  }
  for (const { attributes } of span.events) {
    const text = attributes['exception.message'] ?? attributes['error.object'];
    if (typeof text === 'string' && text) {
      return text;
    }
  }
  const status = statusOf(span);
  return status ? `status ${status}` : undefined;
}

/** HTTP or gRPC status of a span, under its older or newer name. @public */
export function statusOf(
  span: Pick<Trace['spans'][number], 'attributes'>,
): string | undefined {
  const { attributes } = span;
  const status =
    attributes['http.response.status_code'] ??
    attributes['http.status_code'] ??
    attributes['rpc.grpc.status_code'] ??
    attributes['grpc.status_code'];
  return typeof status === 'string' || typeof status === 'number'
    ? String(status)
    : undefined;
}
