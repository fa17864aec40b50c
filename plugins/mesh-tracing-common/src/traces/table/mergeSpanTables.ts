import {
  allocateSpanColumns,
  copySpans,
  type Sender,
  type SpanColumns,
  type SpanTable,
} from './SpanTable';
import { TextIndex } from './TextIndex';

class TableMerger {
  readonly #columns: SpanColumns;
  readonly #traceIds: string[] = [];
  readonly #known = new Set<string>();
  readonly #traceStartUs: number[] = [];
  readonly #traceFirst = [0];
  readonly #senders: Sender[] = [];
  readonly #services = new TextIndex();
  readonly #operations = new TextIndex();
  readonly #peers = new TextIndex();
  #count = 0;

  constructor(spanCount: number) {
    this.#columns = allocateSpanColumns(spanCount);
  }

  add(table: SpanTable): void {
    const senderBase = this.#senders.length;
    const operations = table.operations.map(text =>
      this.#operations.indexOf(text),
    );
    const peers = table.peers.map(text => this.#peers.indexOf(text));
    for (const sender of table.senders) {
      const service = table.services[sender.service] as string;
      this.#senders.push({
        ...sender,
        service: this.#services.indexOf(service),
      });
    }
    const { senderOf, operationOf, peerOf } = this.#columns;
    table.traceIds.forEach((traceId, trace) => {
      if (this.#known.has(traceId)) {
        return;
      }
      const from = this.#count;
      this.#copyTrace(table, trace);
      for (let i = from; i < this.#count; i++) {
        const peer = peerOf[i] as number;
        senderOf[i] = (senderOf[i] as number) + senderBase;
        operationOf[i] = operations[operationOf[i] as number] as number;
        peerOf[i] = peer < 0 ? -1 : (peers[peer] as number);
      }
    });
  }

  finish(): SpanTable {
    const columns = allocateSpanColumns(this.#count);
    copySpans(this.#columns, columns, 0, this.#count, 0);
    return {
      ...columns,
      traceIds: this.#traceIds,
      traceStartUs: Float64Array.from(this.#traceStartUs),
      traceFirst: Int32Array.from(this.#traceFirst),
      senders: this.#senders,
      services: this.#services.texts,
      operations: this.#operations.texts,
      peers: this.#peers.texts,
    };
  }

  #copyTrace(table: SpanTable, trace: number): void {
    const traceId = table.traceIds[trace] as string;
    const first = table.traceFirst[trace] as number;
    const last = table.traceFirst[trace + 1] as number;
    copySpans(table, this.#columns, first, last, this.#count);
    this.#count += last - first;
    this.#known.add(traceId);
    this.#traceIds.push(traceId);
    this.#traceStartUs.push(table.traceStartUs[trace] as number);
    this.#traceFirst.push(this.#count);
  }
}

/** Joins tables; of a trace that several hold, the first is taken. @public */
export function mergeSpanTables(tables: SpanTable[]): SpanTable {
  const [only] = tables;
  if (only && tables.length === 1) {
    return only;
  }
  const spanCount = tables.reduce((sum, table) => sum + table.starts.length, 0);
  const merger = new TableMerger(spanCount);
  tables.forEach(table => merger.add(table));
  return merger.finish();
}
