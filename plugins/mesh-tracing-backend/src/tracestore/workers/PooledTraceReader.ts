import { availableParallelism } from 'node:os';
import path from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import Piscina from 'piscina';
import {
  StoreStreamError,
  type SpanTable,
  type TraceAnalysis,
} from 'backstage-plugin-mesh-tracing-common';
import {
  FairQueue,
  type TraceReading,
  type TraceReadOptions,
} from 'backstage-plugin-mesh-tracing-node';
import { shareOf } from '../../shared/shareOf';
import { InlineTraceReader } from './InlineTraceReader';
import type {
  AnalysisRequest,
  FailedStream,
  InspectedPage,
  InspectedPageRequest,
  PageRequest,
  SummariesPage,
  TablePage,
  TraceJob,
  TraceReader,
  TraceRequest,
} from './TraceJob';
import { UnreadableTracesError } from './UnreadableTracesError';
import { receiveTrace } from './receiveTrace';
import { runTraceJob, TRACE_WORKER_FILE } from './traceWorker';

/** Smaller bodies are read on the calling thread: moving them costs more. */
const INLINE_BYTES = 128 * 1024;
/** Analyses of fewer spans take few milliseconds. */
const INLINE_SPANS = 2_000;
const IDLE_MS = 30_000;
/** Jobs of one caller that may wait for a thread. */
const MAX_WAITING = 100;
/**
 * A job that nobody waits for may go on so long: most end sooner than a new thread
 * starts, and to stop one is to end its thread.
 */
const STOP_AFTER_MS = 500;

/** Options of the pool. */
export interface PooledTraceReaderOptions {
  logger: LoggerService;
  /** Most threads; one less than the processors, at most 4, when absent. */
  threads?: number;
  /** Memory that one thread may use for objects, MiB; 2048 when absent. */
  threadMemoryMb?: number;
}

/** From sources, threads need a transform, even where the process has its own. */
function transform(): { execArgv?: string[] } {
  return path.extname(TRACE_WORKER_FILE) === '.ts'
    ? {
        execArgv: [
          '-r',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
      }
    : {};
}

/** Reads traces in worker threads, which are started when there is work. */
export class PooledTraceReader implements TraceReader {
  readonly #inline = InlineTraceReader.create();
  readonly #pool: Piscina<TraceJob>;
  readonly #queue: FairQueue;
  readonly #logger: LoggerService;

  static create(options: PooledTraceReaderOptions): PooledTraceReader {
    return new PooledTraceReader(options);
  }

  private constructor(options: PooledTraceReaderOptions) {
    const threads =
      options.threads ?? Math.min(4, Math.max(1, availableParallelism() - 1));
    this.#logger = options.logger;
    this.#queue = FairQueue.create({
      total: threads,
      perCaller: shareOf(threads),
    });
    this.#pool = new Piscina<TraceJob>({
      filename: TRACE_WORKER_FILE,
      name: runTraceJob.name,
      ...transform(),
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: IDLE_MS,
      resourceLimits: {
        maxOldGenerationSizeMb: options.threadMemoryMb ?? 2048,
      },
    });
  }

  async summaries(
    page: PageRequest,
    options?: TraceReadOptions,
  ): Promise<SummariesPage> {
    return page.body.length <= INLINE_BYTES
      ? this.#inline.summaries(page)
      : this.#run({ type: 'summaries', ...page }, [page.body.buffer], options);
  }

  async table(
    page: PageRequest,
    options?: TraceReadOptions,
  ): Promise<TablePage> {
    return page.body.length <= INLINE_BYTES
      ? this.#inline.table(page)
      : this.#run({ type: 'table', ...page }, [page.body.buffer], options);
  }

  async inspection(
    page: InspectedPageRequest,
    options?: TraceReadOptions,
  ): Promise<InspectedPage> {
    return page.body.length <= INLINE_BYTES
      ? this.#inline.inspection(page)
      : this.#run({ type: 'inspection', ...page }, [page.body.buffer], options);
  }

  async analysis(
    request: AnalysisRequest,
    options?: TraceReadOptions,
  ): Promise<TraceAnalysis> {
    const spanCount = request.tables.reduce(
      (sum, table) => sum + table.starts.length,
      0,
    );
    return spanCount <= INLINE_SPANS
      ? this.#inline.analysis(request)
      : this.#run(
          { type: 'analysis', ...request },
          request.keepsTables ? [] : request.tables.flatMap(columnBuffers),
          options,
        );
  }

  async trace(
    request: TraceRequest,
    options?: TraceReadOptions,
  ): Promise<TraceReading | undefined> {
    if (request.body.length <= INLINE_BYTES) {
      return this.#inline.trace(request);
    }
    const { port1, port2 } = new MessageChannel();
    const arrival = receiveTrace(port1);
    this.#run<undefined>(
      { type: 'trace', port: port2, ...request },
      [port2, request.body.buffer],
      options,
    ).catch(arrival.fail);
    return arrival.trace;
  }

  async stop(): Promise<void> {
    await this.#pool.destroy();
  }

  async #run<T>(
    job: TraceJob,
    transferList: Array<ArrayBuffer | MessagePort>,
    { caller, signal }: TraceReadOptions = {},
  ): Promise<T> {
    if (this.#queue.waitingOf(caller) >= MAX_WAITING) {
      throw new ServiceUnavailableError(
        'Too many answers with traces wait to be read; try again in a moment',
      );
    }
    const turn = { caller, signal };
    return this.#queue.run(
      () => this.#inThread(job, transferList, signal),
      turn,
    );
  }

  async #inThread<T>(
    job: TraceJob,
    transferList: Array<ArrayBuffer | MessagePort>,
    gone: AbortSignal | undefined,
  ): Promise<T> {
    const stop = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const stopLater = () => {
      timer = setTimeout(() => stop.abort(), STOP_AFTER_MS);
    };
    gone?.addEventListener('abort', stopLater, { once: true });
    let answer: T | FailedStream;
    try {
      answer = await this.#pool.run(job, { transferList, signal: stop.signal });
    } catch (error) {
      gone?.throwIfAborted();
      this.#logger.error(`A trace worker failed on '${job.type}': ${error}`);
      throw new UnreadableTracesError();
    } finally {
      clearTimeout(timer);
      gone?.removeEventListener('abort', stopLater);
    }
    if (isFailedStream(answer)) {
      const { status, detail } = answer.streamError;
      throw new StoreStreamError(status, detail);
    }
    return answer;
  }
}

function isFailedStream(answer: unknown): answer is FailedStream {
  return (
    typeof answer === 'object' && answer !== null && 'streamError' in answer
  );
}

function columnBuffers(table: SpanTable): ArrayBuffer[] {
  return Object.values(table).flatMap((column: unknown) =>
    ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer
      ? [column.buffer]
      : [],
  );
}
