import {
  displayTraceId,
  normalizeTraceId,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  StoredTrace,
  TraceReading,
  TraceReadOptions,
} from 'backstage-plugin-mesh-tracing-node';
import { LRUCache } from 'lru-cache';
import { Coalescer } from '../connection/Coalescer';
import { tracePath } from '../dialects/searchPath';
import { ResponseTooLargeError } from '../http/ResponseTooLargeError';
import type {
  StoreAnswer,
  StoreConnection,
} from '../connection/StoreConnection';
import { wholeTrace } from './wholeTrace';
import { storeError } from '../problems/StoreError';
import type { TraceReader, TraceRequest } from '../workers/TraceJob';

/** A trace whose last span ended so long ago gets no more spans. */
const FINISHED_AFTER_MS = 5 * 60_000;
const CACHED_SPANS = 200_000;
/** Around the hinted time of a trace: its spans may begin before and end after. */
const HINT_PADDING_MS = 60 * 60_000;

/** A window, milliseconds since the epoch. */
interface Hint {
  startTimeMs: number;
  endTimeMs: number;
}

/** What {@link TraceDetails} is made of. */
export interface TraceDetailsOptions {
  /** Name of the store. */
  store: string;
  connection: StoreConnection;
  reader: TraceReader;
  /** Spans of one trace at most. */
  maxSpans: number;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Single traces of one store. Finished ones are kept for a while. */
export class TraceDetails {
  readonly #options: TraceDetailsOptions;
  readonly #coalescer = new Coalescer();
  readonly #finished = new LRUCache<string, TraceReading>({
    maxSize: CACHED_SPANS,
    sizeCalculation: ({ head }) => Math.max(1, head.spanCount),
  });

  static create(options: TraceDetailsOptions): TraceDetails {
    return new TraceDetails(options);
  }

  private constructor(options: TraceDetailsOptions) {
    this.#options = options;
  }

  /** As {@link TraceDetails.read}, with all spans as objects. */
  async trace(
    traceId: string,
    hint?: Hint,
    options?: TraceReadOptions,
  ): Promise<StoredTrace | undefined> {
    const reading = await this.read(traceId, hint, options);
    return reading && wholeTrace(reading);
  }

  /**
   * Undefined when the store does not have it, or when the id is none. Resolves
   * before the spans are there.
   */
  async read(
    traceId: string,
    hint?: Hint,
    options?: TraceReadOptions,
  ): Promise<TraceReading | undefined> {
    const id = normalizeTraceId(traceId);
    if (!id) {
      return undefined;
    }
    const cached = this.#finished.get(id);
    if (cached) {
      return cached;
    }
    return this.#coalescer.run(
      `trace ${id} ${JSON.stringify(hint)}`,
      signal => this.#fetchTrace(id, hint, { ...options, signal }),
      options?.signal,
    );
  }

  async #fetchTrace(
    traceId: string,
    hint: Hint | undefined,
    options: TraceReadOptions,
  ): Promise<TraceReading | undefined> {
    const { connection, now } = this.#options;
    const padded = hint && {
      startTimeMs: Math.max(0, hint.startTimeMs - HINT_PADDING_MS),
      endTimeMs: hint.endTimeMs + HINT_PADDING_MS,
    };
    const trace = await connection.run(async ({ detail }) => {
      for (const id of idForms(detail, traceId)) {
        const found = await this.#fetch(
          tracePath(detail, id, padded),
          { format: detail === 'v3' ? 'otlp' : 'jaeger', traceId },
          options,
        );
        if (found) {
          return found;
        }
      }
      return undefined;
    });
    if (trace) {
      const { startTimeUs, durationUs } = trace.head;
      const endMs = (startTimeUs + durationUs) / 1000;
      if (endMs < now() - FINISHED_AFTER_MS) {
        this.#keep(traceId, trace);
      }
    }
    return trace;
  }

  /** Keeps a trace, unless its spans turn out not to be readable. */
  #keep(traceId: string, trace: TraceReading): void {
    this.#finished.set(traceId, trace);
    trace.insights().catch(() => this.#finished.delete(traceId));
  }

  /** Undefined when the store does not have the trace under the path's id. */
  async #fetch(
    path: string,
    request: Omit<TraceRequest, 'body'>,
    options: TraceReadOptions,
  ): Promise<TraceReading | undefined> {
    const { connection, reader } = this.#options;
    const { outcome, body, spanCounts } = await this.#get(path, options);
    if (outcome !== 'ok') {
      return undefined;
    }
    const trace = await connection.readStream(path, () =>
      reader.trace({ body, ...request }, options),
    );
    const isCut = spanCounts && spanCounts.kept < spanCounts.sent;
    return trace && isCut
      ? {
          head: trace.head,
          rows: () => trace.rows(),
          insights: () => trace.insights(),
          cut: {
            shownSpanCount: spanCounts.kept,
            spanCount: spanCounts.sent,
          },
        }
      : trace;
  }

  async #get(path: string, options: TraceReadOptions): Promise<StoreAnswer> {
    const { connection, store, maxSpans } = this.#options;
    try {
      return await connection.get(path, { ...options, maxSpans });
    } catch (error) {
      throw error instanceof ResponseTooLargeError
        ? storeError(store, { code: 'trace-too-large' })
        : error;
    }
  }
}

/**
 * How a store may have listed an id: Jaeger prints 16 digits where the rest are
 * zeros, and takes any form; others know a trace by the text alone, with fewer
 * digits or in capitals. The usual form comes first.
 */
function idForms(detail: 'v3' | 'legacy', traceId: string): string[] {
  const short = displayTraceId(traceId);
  const bare = traceId.replace(/^0+/, '');
  const usual = detail === 'v3' ? [traceId, short] : [short, traceId];
  const lower = [...usual, bare];
  return [...new Set([...lower, ...lower.map(id => id.toUpperCase())])];
}
