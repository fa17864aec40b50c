import { pathOf } from '../analyse/criticalPath';
import { skewShifts, summarizeShifts } from '../analyse/correctClockSkew';
import { arrangeTrace, type ArrangedTrace } from '../analyse/arrangeTrace';
import { treeOf } from '../analyse/buildTraceTree';
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
  const arranged = arrangeTrace(trace);
  const tree = treeOf(trace, arranged);
  return {
    errorRootCauses: errorRootCausesIn(tree).slice(0, MOST),
    repeatedCalls: repeatedCallsIn(tree)
      .slice(0, MOST)
      .map(calls => ({ ...calls, spanIds: calls.spanIds.slice(0, MOST) })),
    retries: retriesIn(tree, mayTellOfRetries).slice(0, MOST),
    criticalPath: summarizeCriticalPath(trace, arranged).slice(0, MOST),
    clockSkew: summarizeShifts(skewShifts(tree.rows)) ?? null,
  };
}

function summarizeCriticalPath(
  trace: Trace,
  arranged: ArrangedTrace,
): TraceInsights['criticalPath'] {
  const shares = new Map<string, TraceInsights['criticalPath'][number]>();
  let totalUs = 0;
  for (const { index, startUs, endUs } of pathOf(trace, arranged)) {
    const { service, operation } = trace.spans[index] as Span;
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
