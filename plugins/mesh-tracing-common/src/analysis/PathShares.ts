import {
  type EstimateBounds,
  type SampleDesign,
  shareBounds,
  studentQuantile,
} from '../latency';
import { compareText } from '../shared/compareText';
import type { Sender, SpanTable } from '../traces';
import type { CriticalPathShare } from './TraceAnalysis';

/** Rows with bounds: those that people look at, as each costs a pass over the traces. */
const BOUNDED_ROWS = 50;

interface Share {
  service: string;
  operation: string;
  /** Weighed where the traces are a sample. */
  selfUs: number;
  traceCount: number;
  /** Of each trace that was read its own time, not weighed. */
  ofTraces: Map<number, number>;
}

/** Sums of time on critical paths, by service and operation. */
export class PathShares {
  readonly #table: SpanTable;
  readonly #traceOf: Int32Array;
  readonly #design: SampleDesign | undefined;
  readonly #shares = new Map<number, Share>();

  constructor(table: SpanTable, traceOf: Int32Array, design?: SampleDesign) {
    this.#table = table;
    this.#traceOf = traceOf;
    this.#design = design;
  }

  add(span: number, us: number): void {
    const trace = this.#traceOf[span] as number;
    const weight = this.#design ? this.#design.weightOf(trace) : 1;
    if (weight === 0) {
      return;
    }
    const share = this.#shareOf(span);
    const known = share.ofTraces.get(trace);
    share.selfUs += weight * us;
    share.traceCount += known === undefined ? weight : 0;
    share.ofTraces.set(trace, (known ?? 0) + us);
  }

  /** Most time first. */
  rows(): CriticalPathShare[] {
    const shares = [...this.#shares.values()].sort(
      (a, b) =>
        b.selfUs - a.selfUs ||
        compareText(a.service, b.service) ||
        compareText(a.operation, b.operation),
    );
    const bounds = this.#design ? boundsOf(shares, this.#design) : [];
    return shares.map(({ service, operation, selfUs, traceCount }, row) => ({
      service,
      operation,
      selfUs: this.#design ? Math.round(selfUs) : selfUs,
      traceCount: Math.round(traceCount),
      ...(bounds[row] ? { shareBounds: bounds[row] } : {}),
    }));
  }

  #shareOf(span: number): Share {
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
        traceCount: 0,
        ofTraces: new Map(),
      };
      this.#shares.set(key, share);
    }
    return share;
  }
}

/** Of each of the first rows the part of all the time, as a ratio of two sums. */
function boundsOf(
  shares: Share[],
  design: SampleDesign,
): Array<EstimateBounds | undefined> {
  const totals = new Map<number, number>();
  for (const { ofTraces } of shares) {
    ofTraces.forEach((us, trace) =>
      totals.set(trace, (totals.get(trace) ?? 0) + us),
    );
  }
  const traces = [...totals.keys()];
  const allUs = shares.reduce((sum, { selfUs }) => sum + selfUs, 0);
  return shares.slice(0, BOUNDED_ROWS).map(({ selfUs, ofTraces }) => {
    if (allUs === 0) {
      return undefined;
    }
    const share = selfUs / allUs;
    const terms = traces.map(
      trace =>
        (design.weightOf(trace) *
          ((ofTraces.get(trace) ?? 0) - share * (totals.get(trace) ?? 0))) /
        allUs,
    );
    const { variance, degrees } = design.spread(traces, terms, 'share');
    return variance > 0
      ? shareBounds(
          share,
          (share * (1 - share)) / variance,
          studentQuantile(degrees),
        )
      : { low: share, high: share };
  });
}
