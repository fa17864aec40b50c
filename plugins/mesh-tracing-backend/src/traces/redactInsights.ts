import {
  findErrorRootCauses,
  findRetries,
  type LatencyStatistics,
  type Trace,
  type TraceInsights,
} from 'backstage-plugin-mesh-tracing-common';

/** Findings of one kind that are kept at most, since nobody reads more. */
const MOST = 100;

/** A row with its durations, but without its failures. */
export function withoutFailures<T extends LatencyStatistics>(row: T): T {
  const { failures, ...bare } = row;
  return { ...(bare as T), errorCount: 0 };
}

/**
 * Finds anew what depends on failures, from the redacted spans. Repeated calls
 * and the critical path stay, since they are made of names and times alone.
 */
export function redactInsights(
  trace: Trace,
  insights: TraceInsights,
): TraceInsights {
  return trace.spans.every(span => !span.redacted)
    ? insights
    : {
        ...insights,
        errorRootCauses: findErrorRootCauses(trace).slice(0, MOST),
        retries: findRetries(trace).slice(0, MOST),
      };
}
