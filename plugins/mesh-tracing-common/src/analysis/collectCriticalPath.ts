import { compareText } from '../shared/compareText';
import {
  isBlockingKind,
  SPAN_FLAGS,
  SPAN_KINDS,
  walkCriticalPath,
  type Sender,
  type SpanForest,
  type SpanTable,
} from '../traces';
import type { CriticalPathShare, TraceAnalysis } from './TraceAnalysis';

/** Whether spans of one kind, by index, wait for children of another one. */
const BLOCKING = SPAN_KINDS.map(parent =>
  SPAN_KINDS.map(child => isBlockingKind(parent, child)),
);

/** Sums of time on critical paths, by service and operation. */
class PathShares {
  readonly #table: SpanTable;
  readonly #traceOf: Int32Array;
  readonly #shares = new Map<
    number,
    Omit<CriticalPathShare, 'traceCount'> & { traces: Set<number> }
  >();

  constructor(table: SpanTable) {
    this.#table = table;
    this.#traceOf = traceOfSpan(table);
  }

  add(span: number, us: number): void {
    const table = this.#table;
    const sender = table.senders[table.senderOf[span] as number] as Sender;
    const operation = table.operationOf[span] as number;
    const key = sender.service * table.operations.length + operation;
    let share = this.#shares.get(key);
    if (!share) {
      share = {
        service: table.services[sender.service] as string,
        operation: table.operations[operation] as string,
        selfUs: 0,
        traces: new Set(),
      };
      this.#shares.set(key, share);
    }
    share.selfUs += us;
    share.traces.add(this.#traceOf[span] as number);
  }

  /** Most time first. */
  rows(): CriticalPathShare[] {
    return [...this.#shares.values()]
      .map(({ traces, ...share }) => ({ ...share, traceCount: traces.size }))
      .sort(
        (a, b) =>
          b.selfUs - a.selfUs ||
          compareText(a.service, b.service) ||
          compareText(a.operation, b.operation),
      );
  }
}

/**
 * Who is on the critical paths. The subject and what it calls are told one by
 * one; its callers, and what else they call, are a single sum, since the
 * subject is not where their time goes.
 */
export function collectCriticalPath(
  table: SpanTable,
  forest: SpanForest,
  isSubject: Uint8Array,
): Pick<TraceAnalysis, 'criticalPath' | 'criticalPathElsewhereUs'> {
  const isBelow = atOrBelow(table, forest, isSubject);
  const shares = new PathShares(table);
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
        criticalPathElsewhereUs += end - start;
      }
    },
  );
  return { criticalPath: shares.rows(), criticalPathElsewhereUs };
}

function traceOfSpan(table: SpanTable): Int32Array {
  const traces = new Int32Array(table.starts.length);
  for (let trace = 0; trace < table.traceIds.length; trace++) {
    traces.fill(
      trace,
      table.traceFirst[trace] as number,
      table.traceFirst[trace + 1] as number,
    );
  }
  return traces;
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
