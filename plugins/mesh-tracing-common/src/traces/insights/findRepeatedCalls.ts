import {
  buildTraceTree,
  type TraceTree,
  type TraceTreeRow,
} from '../analyse/buildTraceTree';
import { quantile } from '../../shared/quantile';
import type { Span, Trace } from '../model/Trace';

/** Calls that one span makes again and again, one after the other. @public */
export interface RepeatedCalls {
  parentSpanId: string;
  parentService: string;
  parentOperation: string;
  /** Of the repeated calls. */
  service: string;
  operation: string;
  count: number;
  /** Sum of the calls. */
  totalUs: number;
  medianUs: number;
  /** Share of the parent's duration, 0..1. */
  shareOfParent: number;
  spanIds: string[];
}

/** More calls than this are suspicious. */
const SUSPICIOUS_COUNT = 10;
/** Durations may differ from the median by this factor. */
const SIMILAR_FACTOR = 2;
/** Share of the calls that must be of similar duration. */
const SIMILAR_SHARE = 0.8;
/** Share of the calls' time that may overlap. */
const MOST_OVERLAP = 0.2;

/**
 * N+1 patterns: more than ten calls of the same operation by one parent, of
 * similar duration, one after the other, where one call for all might do. Most
 * costly first.
 */
export function findRepeatedCalls(trace: Trace): RepeatedCalls[] {
  return repeatedCallsIn(buildTraceTree(trace));
}

/** As {@link findRepeatedCalls}, of a trace that is arranged already. */
export function repeatedCallsIn(tree: TraceTree): RepeatedCalls[] {
  const groups = new Map<string, TraceTreeRow[]>();
  for (const row of tree.rows) {
    // Fewer children than that can't repeat often enough.
    const siblings = tree.rows[row.parentRow]?.childCount ?? 0;
    if (siblings > SUSPICIOUS_COUNT) {
      const { service, operation, kind } = row.span;
      const key = JSON.stringify([row.parentRow, service, operation, kind]);
      const group = groups.get(key);
      if (group) {
        group.push(row);
      } else {
        groups.set(key, [row]);
      }
    }
  }
  return [...groups.values()]
    .filter(group => group.length > SUSPICIOUS_COUNT)
    .flatMap(group => repeatedCalls(tree, group))
    .sort((a, b) => b.totalUs - a.totalUs);
}

function repeatedCalls(
  tree: TraceTree,
  group: TraceTreeRow[],
): RepeatedCalls[] {
  const first = group[0] as TraceTreeRow;
  const parent = (tree.rows[first.parentRow] as TraceTreeRow).span;
  const spans = group.map(row => row.span);
  const durations = Float64Array.from(spans, span => span.durationUs).sort();
  const medianUs = quantile(durations, 0.5);
  const similar = durations.filter(
    duration =>
      duration <= medianUs * SIMILAR_FACTOR &&
      duration * SIMILAR_FACTOR >= medianUs,
  ).length;
  const totalUs = durations.reduce((sum, duration) => sum + duration, 0);
  const isSequential = overlapUs(spans) <= totalUs * MOST_OVERLAP;
  if (similar < spans.length * SIMILAR_SHARE || !isSequential) {
    return [];
  }
  return [
    {
      parentSpanId: parent.spanId,
      parentService: parent.service,
      parentOperation: parent.operation,
      service: first.span.service,
      operation: first.span.operation,
      count: spans.length,
      totalUs,
      medianUs,
      shareOfParent:
        parent.durationUs > 0 ? Math.min(1, totalUs / parent.durationUs) : 0,
      spanIds: spans.map(span => span.spanId),
    },
  ];
}

/** Time during which a call overlaps one that began before; the calls are in order of start. */
function overlapUs(spans: Span[]): number {
  let coveredTo = -Infinity;
  let overlap = 0;
  for (const span of spans) {
    const end = span.offsetUs + span.durationUs;
    overlap += Math.max(0, Math.min(end, coveredTo) - span.offsetUs);
    coveredTo = Math.max(coveredTo, end);
  }
  return overlap;
}
