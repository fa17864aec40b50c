import { valuesOf } from '../model/attributes';
import { buildTraceTree, type TraceTree } from '../analyse/buildTraceTree';
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

/** Attributes that count the attempts of a call. */
export const ATTEMPT_COUNTS: readonly string[] = [
  'x-envoy-attempt-count',
  'http.request.header.x-envoy-attempt-count',
  'http.request.resend_count',
];

/**
 * A span, for the search for retries. Reading attributes may be costly, so only
 * those of a span that may tell of retries are looked at.
 */
interface Attempt {
  span: Span;
  mayTell: boolean;
}

function attemptCount({ span, mayTell }: Attempt): number {
  if (!mayTell) {
    return 1;
  }
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
function longestRun(served: Attempt[]): Attempt[] {
  let longest: Attempt[] = [];
  let run: Attempt[] = [];
  for (const attempt of served) {
    const last = run[run.length - 1]?.span;
    const isRetry =
      last?.status === 'error' &&
      attempt.span.offsetUs >= last.offsetUs + last.durationUs;
    run = isRetry ? [...run, attempt] : [attempt];
    longest = run.length > longest.length ? run : longest;
  }
  return longest;
}

/** Spans of the attempts: by their order, or by what the proxy counted. */
function attemptsOf(served: Attempt[]): Attempt[] {
  const byService = new Map<string, Attempt[]>();
  for (const attempt of served) {
    const attempts = byService.get(attempt.span.service);
    if (attempts) {
      attempts.push(attempt);
    } else {
      byService.set(attempt.span.service, [attempt]);
    }
  }
  const runs = [...byService.values()].map(longestRun);
  const counted = served.filter(attempt => attemptCount(attempt) > 1);
  return [...runs, counted.slice(-1)].reduce(
    (best, run) => (countOf(run) > countOf(best) ? run : best),
    [],
  );
}

function countOf(attempts: Attempt[]): number {
  return Math.max(attempts.length, ...attempts.map(attemptCount));
}

function retriedCall(call: Attempt, attempts: Attempt[]): RetriedCall {
  const { span } = call;
  const peer = peerOf(span);
  const last = attempts[attempts.length - 1]?.span;
  return {
    spanId: span.spanId,
    service: span.service,
    operation: span.operation,
    ...(peer ? { peer } : {}),
    ...(last ? { calledService: last.service } : {}),
    attempts: Math.max(countOf(attempts), attemptCount(call)),
    failed: last?.status === 'error' || span.status === 'error',
    limitReached: hasReachedLimit([call, ...attempts]),
  };
}

function hasReachedLimit(attempts: Attempt[]): boolean {
  return attempts.some(
    ({ span, mayTell }) => mayTell && responseFlagsOf(span).includes('URX'),
  );
}

/**
 * Calls that a proxy tried again: a client span with several server spans of one
 * service below it, each after the failure of the one before, a span that counts
 * its attempts (`x-envoy-attempt-count`), or a client span whose flags say that
 * the retry limit was reached.
 * @public
 */
export function findRetries(trace: Trace): RetriedCall[] {
  return retriesIn(buildTraceTree(trace), () => true);
}

/**
 * As {@link findRetries}, of a trace that is arranged already.
 *
 * @param mayTell - false for a span without attempt counts and response flags
 */
export function retriesIn(
  { rows }: TraceTree,
  mayTell: (span: Span) => boolean,
): RetriedCall[] {
  const served = new Map<number, Attempt[]>();
  for (const { span, parentRow } of rows) {
    if (span.kind === 'server' && parentRow >= 0) {
      const attempt = { span, mayTell: mayTell(span) };
      const attempts = served.get(parentRow);
      if (attempts) {
        attempts.push(attempt);
      } else {
        served.set(parentRow, [attempt]);
      }
    }
  }
  return rows.flatMap(({ span }, row) => {
    if (span.kind !== 'client') {
      return [];
    }
    const call = { span, mayTell: mayTell(span) };
    const attempts = attemptsOf(served.get(row) ?? []);
    const isRetried =
      countOf(attempts) > 1 ||
      attemptCount(call) > 1 ||
      hasReachedLimit([call]);
    return isRetried ? [retriedCall(call, attempts)] : [];
  });
}
