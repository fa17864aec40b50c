import {
  displayTraceId,
  normalizeTraceId,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  StoredTrace,
  TraceReadOptions,
} from 'backstage-plugin-mesh-tracing-node';
import { LRUCache } from 'lru-cache';
import { Coalescer } from './Coalescer';
import { tracePath } from './dialects/searchPath';
import { ResponseTooLargeError } from './http/ResponseTooLargeError';
import {
  tooLarge,
  type StoreAnswer,
  type StoreConnection,
} from './StoreConnection';
import type { TraceReader } from './workers/TraceJob';

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
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Single traces of one store. Finished ones are kept for a while. */
export class TraceDetails {
  readonly #options: TraceDetailsOptions;
  readonly #coalescer = new Coalescer();
  readonly #finished = new LRUCache<string, StoredTrace>({
    maxSize: CACHED_SPANS,
    sizeCalculation: trace => Math.max(1, trace.spans.length),
  });

  static create(options: TraceDetailsOptions): TraceDetails {
    return new TraceDetails(options);
  }

  private constructor(options: TraceDetailsOptions) {
    this.#options = options;
  }

  /** Undefined when the store does not have it, or when the id is none. */
  async trace(
    traceId: string,
    hint?: Hint,
    options?: TraceReadOptions,
  ): Promise<StoredTrace | undefined> {
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
  ): Promise<StoredTrace | undefined> {
    const { connection, reader, now } = this.#options;
    const padded = hint && {
      startTimeMs: Math.max(0, hint.startTimeMs - HINT_PADDING_MS),
      endTimeMs: hint.endTimeMs + HINT_PADDING_MS,
    };
    const trace = await connection.run(async ({ detail }) => {
      const id = detail === 'v3' ? traceId : displayTraceId(traceId);
      const path = tracePath(detail, id, padded);
      const { outcome, body } = await this.#get(path, options);
      return outcome === 'ok'
        ? reader.trace(
            {
              body,
              format: detail === 'v3' ? 'otlp' : 'jaeger',
              traceId,
            },
            options,
          )
        : undefined;
    });
    if (trace) {
      const endMs = (trace.startTimeUs + trace.durationUs) / 1000;
      if (endMs < now() - FINISHED_AFTER_MS) {
        this.#finished.set(traceId, trace);
      }
    }
    return trace;
  }

  async #get(path: string, options: TraceReadOptions): Promise<StoreAnswer> {
    const { connection, store } = this.#options;
    try {
      return await connection.get(path, options);
    } catch (error) {
      throw error instanceof ResponseTooLargeError
        ? tooLarge(store, 'the trace')
        : error;
    }
  }
}
