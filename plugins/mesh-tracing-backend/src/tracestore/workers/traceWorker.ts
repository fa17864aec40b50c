import { once } from 'node:events';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import {
  StoreStreamError,
  type Span,
  type SpanTable,
} from 'backstage-plugin-mesh-tracing-common';
import type { StoredTrace } from 'backstage-plugin-mesh-tracing-node';
import type { FailedStream, TablePage, TraceJob } from './TraceJob';
import { analysisJob, summariesJob, tableJob, traceJob } from './traceJobs';

/** This file, in the sources or in the built package: what a thread is started with. */
export const TRACE_WORKER_FILE = __filename;

/** Spans that are handed over at once: reading them back takes few milliseconds. */
const SPANS_PER_MESSAGE = 250;

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

/**
 * Hands a trace over in parts, the next when the receiver asks, so that the
 * receiving thread never reads a large message at once.
 */
async function sendTrace(
  job: Extract<TraceJob, { type: 'trace' }>,
): Promise<Omit<StoredTrace, 'spans'> | undefined> {
  const { port } = job;
  const trace = traceJob(job);
  if (!trace) {
    port.close();
    return undefined;
  }
  const { spans, ...rest } = trace;
  for (let from = 0; from < spans.length; from += SPANS_PER_MESSAGE) {
    const asked = once(port, 'message');
    const part: Span[] = spans.slice(from, from + SPANS_PER_MESSAGE);
    port.postMessage(part);
    await asked;
  }
  port.close();
  return rest;
}

/** Entry point of the worker threads. A store's own error comes back as a value. */
export async function runTraceJob(job: TraceJob): Promise<unknown> {
  try {
    return await runJob(job);
  } catch (error) {
    if (!(error instanceof StoreStreamError)) {
      throw error;
    }
    if (job.type === 'trace') {
      job.port.close();
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
    case 'analysis':
      return analysisJob(job);
    default:
      return sendTrace(job);
  }
}
