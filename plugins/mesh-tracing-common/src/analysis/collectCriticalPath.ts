import type { TableSample } from '../latency';
import {
  isBlockingKind,
  SPAN_FLAGS,
  SPAN_KINDS,
  walkCriticalPath,
  type SpanForest,
  type SpanTable,
  traceOfSpans,
} from '../traces';
import { PathShares } from './PathShares';
import type { TraceAnalysis } from './TraceAnalysis';

/** Whether spans of one kind, by index, wait for children of another one. */
const BLOCKING = SPAN_KINDS.map(parent =>
  SPAN_KINDS.map(child => isBlockingKind(parent, child)),
);

/**
 * Who is on the critical paths. The subject and what it calls are told one by
 * one; its callers, and what else they call, are a single sum, since the
 * subject is not where their time goes.
 */
export function collectCriticalPath(
  table: SpanTable,
  forest: SpanForest,
  isSubject: Uint8Array,
  sample?: TableSample,
): Pick<TraceAnalysis, 'criticalPath' | 'criticalPathElsewhereUs'> {
  const isBelow = atOrBelow(table, forest, isSubject);
  const traceOf = sample?.traceOf ?? traceOfSpans(table);
  const shares = new PathShares(table, traceOf, sample?.design);
  let criticalPathElsewhereUs = 0;
  walkCriticalPath(
    {
      starts: table.starts,
      ends: table.ends,
      forest,
      isBlocking: (parent, child) =>
        ((table.flags[child] as number) & SPAN_FLAGS.followsFrom) === 0 &&
        BLOCKING[table.kinds[parent] as number]?.[
          table.kinds[child] as number
        ] === true,
    },
    (span, start, end) => {
      if (isBelow[span]) {
        shares.add(span, end - start);
      } else {
        const weight = sample?.design.weightOf(traceOf[span] as number) ?? 1;
        criticalPathElsewhereUs += weight * (end - start);
      }
    },
  );
  return {
    criticalPath: shares.rows(),
    criticalPathElsewhereUs: sample
      ? Math.round(criticalPathElsewhereUs)
      : criticalPathElsewhereUs,
  };
}

/** For each span 1 if the subject sent it or a span above it, else 0. */
function atOrBelow(
  { senderOf }: SpanTable,
  { preorder, parents }: SpanForest,
  isSubject: Uint8Array,
): Uint8Array {
  const isBelow = new Uint8Array(senderOf.length);
  for (const span of preorder) {
    const parent = parents[span] as number;
    isBelow[span] =
      isSubject[senderOf[span] as number] || (parent >= 0 && isBelow[parent])
        ? 1
        : 0;
  }
  return isBelow;
}
