import { criticalPath } from '../analyse/criticalPath';
import { skewShifts, summarizeShifts } from '../analyse/correctClockSkew';
import { buildTraceTree } from '../analyse/buildTraceTree';
import { errorRootCausesIn } from './findErrorRootCauses';
import { repeatedCallsIn } from './findRepeatedCalls';
import { retriesIn } from './findRetries';
import type { Span, Trace } from '../model/Trace';
import type { TraceInsights } from './TraceInsights';

/** The most of one kind that is told, since people read no more. */
const MOST = 100;

/**
 * What a trace tells at a glance: where its errors began, calls that repeat,
 * retries, who is on the critical path, and whether its clocks disagree. At most
 * 100 of each, and of the spans of each.
 * @public
 */
export function findTraceInsights(trace: Trace): TraceInsights {
  return traceInsightsOf(trace, () => true);
}

/**
 * As {@link findTraceInsights}, for spans whose attributes are costly to read.
 *
 * @param mayTellOfRetries - false for a span without attempt counts and response
 *   flags
 */
export function traceInsightsOf(
  trace: Trace,
  mayTellOfRetries: (span: Span) => boolean,
): TraceInsights {
  const tree = buildTraceTree(trace);
  return {
    errorRootCauses: errorRootCausesIn(tree).slice(0, MOST),
    repeatedCalls: repeatedCallsIn(tree)
      .slice(0, MOST)
      .map(calls => ({ ...calls, spanIds: calls.spanIds.slice(0, MOST) })),
    retries: retriesIn(tree, mayTellOfRetries).slice(0, MOST),
    criticalPath: summarizeCriticalPath(trace).slice(0, MOST),
    clockSkew: summarizeShifts(skewShifts(tree.rows)) ?? null,
  };
}

function summarizeCriticalPath(trace: Trace): TraceInsights['criticalPath'] {
  const spans = new Map(trace.spans.map(span => [span.spanId, span]));
  const shares = new Map<string, TraceInsights['criticalPath'][number]>();
  let totalUs = 0;
  for (const { spanId, startUs, endUs } of criticalPath(trace)) {
    const { service = '', operation = '' } = spans.get(spanId) ?? {};
    const key = JSON.stringify([service, operation]);
    const share = shares.get(key) ?? {
      service,
      operation,
      selfUs: 0,
      share: 0,
    };
    share.selfUs += endUs - startUs;
    totalUs += endUs - startUs;
    shares.set(key, share);
  }
  return [...shares.values()]
    .map(item => ({ ...item, share: totalUs > 0 ? item.selfUs / totalUs : 0 }))
    .sort((a, b) => b.selfUs - a.selfUs);
}
