import { move, transferableSymbol, valueSymbol } from 'piscina';
import {
  StoreStreamError,
  type SpanRows,
  type SpanTable,
} from 'backstage-plugin-mesh-tracing-common';
import type { FailedStream, TablePage, TraceJob } from './TraceJob';
import {
  analysisJob,
  inspectionJob,
  summariesJob,
  tableJob,
  traceJob,
} from './traceJobs';

/** This file, in the sources or in the built package: what a thread is started with. */
export const TRACE_WORKER_FILE = __filename;

function buffersOf(table: SpanTable): ArrayBuffer[] {
  return Object.values(table).flatMap((column: unknown) =>
    ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer
      ? [column.buffer]
      : [],
  );
}

/** Makes piscina move the columns instead of copying them. */
function moveTable(page: TablePage & { table: SpanTable }): unknown {
  return move({
    get [transferableSymbol]() {
      return buffersOf(page.table);
    },
    get [valueSymbol]() {
      return page;
    },
  });
}

/** Hands a trace over part by part; its bytes are moved and not copied. */
function sendTrace(job: Extract<TraceJob, { type: 'trace' }>): void {
  for (const part of traceJob(job)) {
    job.port.postMessage(
      part,
      part.part === 'rows' ? rowBuffers(part.rows) : [],
    );
  }
}

function rowBuffers({ bytes, starts, details, senderOf }: SpanRows) {
  return [bytes, starts, details, senderOf].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
}

/** Entry point of the worker threads. A store's own error comes back as a value. */
export async function runTraceJob(job: TraceJob): Promise<unknown> {
  try {
    return await runJob(job);
  } catch (error) {
    if (!(error instanceof StoreStreamError)) {
      throw error;
    }
    const { status, detail } = error;
    return { streamError: { status, detail } } satisfies FailedStream;
  }
}

function runJob(job: TraceJob): unknown {
  switch (job.type) {
    case 'summaries':
      return summariesJob(job);
    case 'table':
      return moveTable(tableJob(job));
    case 'inspection':
      return inspectionJob(job);
    case 'analysis':
      return analysisJob(job);
    default:
      return sendTrace(job);
  }
}
