import { buildTraceTree } from './buildTraceTree';
import { peerOf } from './peer';
import type { Span, Trace } from './model';

/** A call that was tried more than once. @public */
export interface RetriedCall {
  /** The calling span, or the parent of several attempts. */
  spanId: string;
  service: string;
  operation: string;
  peer?: string;
  attempts: number;
  /** Whether the last attempt failed too. */
  failed: boolean;
  /** `retry limit` when Envoy gave up (`URX`). */
  limitReached: boolean;
}

function attemptCount(span: Span): number {
  const value =
    span.attributes['x-envoy-attempt-count'] ??
    span.attributes['http.request.header.x-envoy-attempt-count'] ??
    span.attributes['http.request.resend_count'];
  const number = Number(Array.isArray(value) ? value[0] : value);
  return Number.isInteger(number) && number > 1 ? number : 1;
}

function hasFlag(span: Span, flag: string): boolean {
  const flags = span.attributes.response_flags;
  return typeof flags === 'string' && flags.split(',').includes(flag);
}

function retriedCall(span: Span, attempts: Span[]): RetriedCall {
  const peer = peerOf(span);
  const last = attempts[attempts.length - 1] ?? span;
  return {
    spanId: span.spanId,
    service: span.service,
    operation: span.operation,
    ...(peer ? { peer } : {}),
    attempts: Math.max(attempts.length, ...attempts.map(attemptCount)),
    failed: last.status === 'error' || span.status === 'error',
    limitReached: [span, ...attempts].some(item => hasFlag(item, 'URX')),
  };
}

/**
 * Calls that a proxy tried again: a client span with several server spans below
 * it, a server span that counts its attempts (`x-envoy-attempt-count`), or a
 * client span whose flags say that the retry limit was reached.
 * @public
 */
export function findRetries(trace: Trace): RetriedCall[] {
  const { rows } = buildTraceTree(trace);
  const served = rows.map((): Span[] => []);
  for (const { span, parentRow } of rows) {
    if (span.kind === 'server' && parentRow >= 0) {
      served[parentRow]?.push(span);
    }
  }
  return rows.flatMap(({ span }, row) => {
    const attempts = served[row] ?? [];
    const isRetried =
      span.kind === 'client' &&
      (attempts.length > 1 ||
        attempts.some(attempt => attemptCount(attempt) > 1) ||
        attemptCount(span) > 1 ||
        hasFlag(span, 'URX'));
    return isRetried ? [retriedCall(span, attempts)] : [];
  });
}
