import { valuesOf } from '../model/attributes';
import { buildTraceTree } from '../analyse/buildTraceTree';
import { peerOf } from '../model/peer';
import type { Span, Trace } from '../model/Trace';
import { responseFlagsOf } from './responseFlags';

/** A call that was tried more than once. @public */
export interface RetriedCall {
  /** The calling span. */
  spanId: string;
  service: string;
  operation: string;
  /** What the calling span says of whom it calls. */
  peer?: string;
  /** The service whose spans the attempts are; absent where there are none. */
  calledService?: string;
  attempts: number;
  /** Whether the last attempt failed too. */
  failed: boolean;
  /** `retry limit` when Envoy gave up (`URX`). */
  limitReached: boolean;
}

const ATTEMPT_COUNTS = [
  'x-envoy-attempt-count',
  'http.request.header.x-envoy-attempt-count',
  'http.request.resend_count',
];

function attemptCount(span: Span): number {
  const counts = ATTEMPT_COUNTS.flatMap(name => valuesOf(span.attributes[name]))
    .map(Number)
    .filter(count => Number.isInteger(count) && count > 1);
  return Math.max(1, ...counts);
}

/**
 * The longest run of attempts: one after the other without overlap, each after a
 * failure of the one before. Spans of different services, or that ran side by
 * side, are a fan-out or a mirrored call; a second call after a success is just
 * another call.
 *
 * @param served - server spans of one service, in order of start
 */
function longestRun(served: Span[]): Span[] {
  let longest: Span[] = [];
  let run: Span[] = [];
  for (const span of served) {
    const last = run[run.length - 1];
    const isRetry =
      last?.status === 'error' &&
      span.offsetUs >= last.offsetUs + last.durationUs;
    run = isRetry ? [...run, span] : [span];
    longest = run.length > longest.length ? run : longest;
  }
  return longest;
}

/** Spans of the attempts: by their order, or by what the proxy counted. */
function attemptsOf(served: Span[]): Span[] {
  const byService = new Map<string, Span[]>();
  for (const span of served) {
    const spans = byService.get(span.service);
    if (spans) {
      spans.push(span);
    } else {
      byService.set(span.service, [span]);
    }
  }
  const runs = [...byService.values()].map(longestRun);
  const counted = served.filter(span => attemptCount(span) > 1);
  return [...runs, counted.slice(-1)].reduce(
    (best, run) => (countOf(run) > countOf(best) ? run : best),
    [],
  );
}

function countOf(attempts: Span[]): number {
  return Math.max(attempts.length, ...attempts.map(attemptCount));
}

function retriedCall(span: Span, attempts: Span[]): RetriedCall {
  const peer = peerOf(span);
  const last = attempts[attempts.length - 1];
  return {
    spanId: span.spanId,
    service: span.service,
    operation: span.operation,
    ...(peer ? { peer } : {}),
    ...(last ? { calledService: last.service } : {}),
    attempts: Math.max(countOf(attempts), attemptCount(span)),
    failed: last?.status === 'error' || span.status === 'error',
    limitReached: hasReachedLimit([span, ...attempts]),
  };
}

function hasReachedLimit(spans: Span[]): boolean {
  return spans.some(span => responseFlagsOf(span).includes('URX'));
}

/**
 * Calls that a proxy tried again: a client span with several server spans of one
 * service below it, each after the failure of the one before, a span that counts
 * its attempts (`x-envoy-attempt-count`), or a client span whose flags say that
 * the retry limit was reached.
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
    if (span.kind !== 'client') {
      return [];
    }
    const attempts = attemptsOf(served[row] ?? []);
    const isRetried =
      countOf(attempts) > 1 ||
      attemptCount(span) > 1 ||
      hasReachedLimit([span]);
    return isRetried ? [retriedCall(span, attempts)] : [];
  });
}
