import {
  allocateSpanColumns,
  copySpans,
  type Sender,
  type SpanTable,
} from './SpanTable';
import { TextIndex } from './TextIndex';

/** Joins tables; of a trace that several hold, the first is taken. @public */
export function mergeSpanTables(tables: SpanTable[]): SpanTable {
  const [only] = tables;
  if (only && tables.length === 1) {
    return only;
  }
  const columns = allocateSpanColumns(
    tables.reduce((sum, table) => sum + table.starts.length, 0),
  );
  const merged = {
    traceIds: new TextIndex(),
    starts: [] as number[],
    first: [0],
    senders: [] as Sender[],
    services: new TextIndex(),
    operations: new TextIndex(),
    peers: new TextIndex(),
  };
  let at = 0;
  for (const table of tables) {
    const maps = {
      operations: table.operations.map(text => merged.operations.indexOf(text)),
      peers: table.peers.map(text => merged.peers.indexOf(text)),
      senderBase: merged.senders.length,
    };
    for (const sender of table.senders) {
      const service = table.services[sender.service] as string;
      merged.senders.push({
        ...sender,
        service: merged.services.indexOf(service),
      });
    }
    table.traceIds.forEach((traceId, trace) => {
      if (merged.traceIds.indexOf(traceId) < merged.starts.length) {
        return;
      }
      const first = table.traceFirst[trace] as number;
      const last = table.traceFirst[trace + 1] as number;
      copySpans(table, columns, first, last, at);
      for (let i = at; i < at + last - first; i++) {
        const peer = columns.peerOf[i] as number;
        columns.senderOf[i] = (columns.senderOf[i] as number) + maps.senderBase;
        columns.operationOf[i] = maps.operations[
          columns.operationOf[i] as number
        ] as number;
        columns.peerOf[i] = peer < 0 ? -1 : (maps.peers[peer] as number);
      }
      at += last - first;
      merged.starts.push(table.traceStartUs[trace] as number);
      merged.first.push(at);
    });
  }
  return {
    ...cutColumns(columns, at),
    traceIds: merged.traceIds.texts,
    traceStartUs: Float64Array.from(merged.starts),
    traceFirst: Int32Array.from(merged.first),
    senders: merged.senders,
    services: merged.services.texts,
    operations: merged.operations.texts,
    peers: merged.peers.texts,
  };
}

function cutColumns(
  columns: ReturnType<typeof allocateSpanColumns>,
  spanCount: number,
): ReturnType<typeof allocateSpanColumns> {
  if (columns.starts.length === spanCount) {
    return columns;
  }
  const cut = allocateSpanColumns(spanCount);
  copySpans(columns, cut, 0, spanCount, 0);
  return cut;
}
