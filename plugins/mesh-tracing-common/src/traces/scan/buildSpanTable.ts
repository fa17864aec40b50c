import {
  allocateSpanColumns,
  SPAN_FLAGS,
  type SpanColumns,
  type SpanTable,
} from '../table/SpanTable';
import { MAX_TIME_US } from '../decode/time';
import { TextIndex } from '../table/TextIndex';
import type { SenderIndex } from '../table/senderIndex';
import type { ByteTexts } from './ByteTexts';
import { OddBodyError } from './JsonCursor';
import type { SpanRows } from './SpanRows';

/** What was read from a body. */
export interface ScannedSpans {
  rows: SpanRows;
  /** Normalised, by number of the trace. */
  traceIds: string[];
  texts: ByteTexts;
  senders: SenderIndex;
  peers: TextIndex;
}

/** Finds spans of one trace by id. */
class SpanIds {
  #slots: Int32Array;
  #mask: number;

  constructor(
    readonly rows: SpanRows,
    readonly order: Int32Array,
    traceFirst: Int32Array,
  ) {
    let longest = 1;
    for (let trace = 1; trace < traceFirst.length; trace++) {
      const length =
        (traceFirst[trace] as number) - (traceFirst[trace - 1] as number);
      longest = Math.max(longest, length);
    }
    const size = 2 ** Math.ceil(Math.log2(longest * 2 + 2));
    this.#slots = new Int32Array(size);
    this.#mask = size - 1;
  }

  /** @throws OddBodyError when an id occurs twice */
  index(first: number, last: number): void {
    const { rows, order } = this;
    const needed = 2 ** Math.ceil(Math.log2((last - first) * 2 + 2));
    this.#mask = needed - 1;
    this.#slots.fill(-1, 0, needed);
    for (let i = first; i < last; i++) {
      const row = order[i] as number;
      const high = rows.idHigh[row] as number;
      const low = rows.idLow[row] as number;
      const slot = this.#slotOf(high, low);
      if ((this.#slots[slot] as number) >= 0) {
        throw new OddBodyError();
      }
      this.#slots[slot] = i;
    }
  }

  /** Index of the row's parent, or -1. */
  find(row: number): number {
    return this.#slots[
      this.#slotOf(
        this.rows.parentHigh[row] as number,
        this.rows.parentLow[row] as number,
      )
    ] as number;
  }

  #slotOf(high: number, low: number): number {
    const { rows, order } = this;
    let hash = Math.imul(high ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = hash & this.#mask;
    for (;;) {
      const index = this.#slots[slot] as number;
      if (index < 0) {
        return slot;
      }
      const row = order[index] as number;
      if (rows.idHigh[row] === high && rows.idLow[row] === low) {
        return slot;
      }
      slot = (slot + 1) & this.#mask;
    }
  }
}

/** Resolves ids and times. @throws OddBodyError for what needs repair */
export function buildSpanTable(scanned: ScannedSpans): SpanTable {
  const { rows, traceIds, texts } = scanned;
  const traceCount = traceIds.length;
  const { order, traceFirst } = groupByTrace(rows, traceCount);
  const columns = allocateSpanColumns(rows.count);
  const traceStartUs = new Float64Array(traceCount);
  const operations = new TextIndex();
  const operationOf = new Map<number, number>();
  const ids = new SpanIds(rows, order, traceFirst);
  for (let trace = 0; trace < traceCount; trace++) {
    const first = traceFirst[trace] as number;
    const last = traceFirst[trace + 1] as number;
    const origin = earliestStart(rows, order, first, last);
    traceStartUs[trace] = origin;
    ids.index(first, last);
    for (let i = first; i < last; i++) {
      const row = order[i] as number;
      writeTimes(columns, rows, i, row, origin);
      const hasParent = rows.hasParent[row] === 1;
      const parent = hasParent ? ids.find(row) : -1;
      const raw = rows.operations[row] as number;
      let operation = operationOf.get(raw);
      if (operation === undefined) {
        operation = operations.indexOf(texts.text(raw));
        operationOf.set(raw, operation);
      }
      columns.operationOf[i] = operation;
      columns.parents[i] = parent;
      columns.kinds[i] = rows.kinds[row] as number;
      columns.protocols[i] = rows.protocols[row] as number;
      columns.statuses[i] = rows.statuses[row] as number;
      columns.senderOf[i] = rows.senders[row] as number;
      columns.peerOf[i] = rows.peers[row] as number;
      columns.requestIds[i] = rows.requestIds[row] as number;
      columns.flags[i] =
        (rows.errors[row] ? SPAN_FLAGS.error : 0) |
        (rows.followsFrom[row] ? SPAN_FLAGS.followsFrom : 0) |
        (rows.linked[row] ? SPAN_FLAGS.linked : 0) |
        (hasParent && parent < 0 ? SPAN_FLAGS.orphan : 0);
    }
  }
  return {
    ...columns,
    traceIds,
    traceStartUs,
    traceFirst,
    senders: scanned.senders.senders,
    services: scanned.senders.services.texts,
    operations: operations.texts,
    peers: scanned.peers.texts,
  };
}

function groupByTrace(
  rows: SpanRows,
  traceCount: number,
): { order: Int32Array; traceFirst: Int32Array } {
  const traceFirst = new Int32Array(traceCount + 1);
  for (let row = 0; row < rows.count; row++) {
    const next = (rows.traces[row] as number) + 1;
    traceFirst[next] = (traceFirst[next] as number) + 1;
  }
  for (let trace = 0; trace < traceCount; trace++) {
    traceFirst[trace + 1] =
      (traceFirst[trace + 1] as number) + (traceFirst[trace] as number);
  }
  const fill = traceFirst.slice(0, traceCount);
  const order = new Int32Array(rows.count);
  for (let row = 0; row < rows.count; row++) {
    const trace = rows.traces[row] as number;
    const at = fill[trace] as number;
    order[at] = row;
    fill[trace] = at + 1;
  }
  return { order, traceFirst };
}

function earliestStart(
  rows: SpanRows,
  order: Int32Array,
  first: number,
  last: number,
): number {
  let earliest = Infinity;
  for (let i = first; i < last; i++) {
    const start = rows.startUs[order[i] as number] as number;
    if (start <= 0 || start >= MAX_TIME_US) {
      throw new OddBodyError();
    }
    earliest = Math.min(earliest, start);
  }
  return earliest;
}

function writeTimes(
  columns: SpanColumns,
  rows: SpanRows,
  index: number,
  row: number,
  origin: number,
): void {
  const us = (rows.startUs[row] as number) - origin;
  const start = (us * 1000 + (rows.startNs[row] as number)) / 1000;
  const duration = rows.durationUs[row] as number;
  columns.starts[index] = start;
  columns.durations[index] = duration;
  columns.ends[index] = start + duration;
}
