import {
  type SampleFacts,
  type SampleLevel,
  type TraceAnalysisRequest,
  type TraceFilter,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceAnalysisResult,
  TraceCoverage,
  TraceReadOptions,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import { LRUCache } from 'lru-cache';
import { InlineTraceReader } from '../workers/InlineTraceReader';
import type { TraceReader } from '../workers/TraceJob';
import { WindowSample } from './WindowSample';

/** Columns of all windows that are kept for a finer level, bytes. */
const MOST_BYTES = 128 * 1024 * 1024;
/** What an entry weighs beside its columns. */
const ENTRY_BYTES = 4_096;
/** A window that has just ended still gets traces, which a later read would have. */
const FRESH_MS = 60_000;
const SETTLED_MS = 300_000;
/** What lacks a part is tried again soon, but not by each panel of a page. */
const FAILED_MS = 5_000;

const MOST_BUSY = 1_000;

/** What {@link TraceSamples} is made of. */
export interface TraceSamplesOptions {
  /** Reads on the calling thread when absent. */
  reader?: Pick<TraceReader, 'analysis'>;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/**
 * Statistics of windows from samples that stand for all of their traces. What was
 * read of a window is kept for a while, so that a finer level reads only what is
 * missing, and other questions about the window nothing.
 */
export class TraceSamples {
  readonly #reader: Pick<TraceReader, 'analysis'>;
  readonly #now: () => number;
  readonly #windows = new LRUCache<string, WindowSample>({
    maxSize: MOST_BYTES,
    sizeCalculation: sizeOf,
    noUpdateTTL: true,
  });

  /** Service names that lately had more traces than were read. */
  readonly #busy = new LRUCache<string, true>({ max: MOST_BUSY });

  static create(options: TraceSamplesOptions = {}): TraceSamples {
    return new TraceSamples(options);
  }

  private constructor({ reader, now = Date.now }: TraceSamplesOptions) {
    this.#reader = reader ?? InlineTraceReader.create();
    this.#now = now;
  }

  /**
   * @throws what the store throws where none of the names could be read; the reason
   *   of the signal
   */
  async analyze(
    store: TraceStore,
    { filter, level }: { filter: TraceFilter; level: SampleLevel },
    request: TraceAnalysisRequest,
    options: TraceReadOptions,
  ): Promise<TraceAnalysisResult> {
    const { slices } = request;
    const name = JSON.stringify([store.name, filter.services]);
    const key = JSON.stringify([store.name, filter, slices]);
    const sample =
      this.#windows.get(key) ??
      WindowSample.create({
        store,
        filter,
        slices,
        isBusy: this.#busy.has(name),
        now: this.#now,
      });
    this.#keep(key, sample, filter);
    try {
      const { strata, facts } = await sample.grow(level, options);
      const { isExact, level: reached, canRefine } = facts;
      this.#learn(name, isExact);
      const told = { level: reached, canRefine };
      const analysis = await this.#reader.analysis(
        {
          tables: [...sample.reads.tables],
          keepsTables: true,
          request: isExact ? request : { ...request, strata, sample: told },
        },
        options,
      );
      return {
        // What the analysis counted itself wins over what the plan counted.
        analysis: isExact ? analysis : { sample: facts, ...analysis },
        coverage: coverageOf(sample, facts),
      };
    } finally {
      if (sample.reads.failure()) {
        this.#windows.delete(key);
      } else {
        this.#keep(key, sample, filter);
      }
    }
  }

  #learn(name: string, isExact: boolean): void {
    if (isExact) {
      this.#busy.delete(name);
    } else {
      this.#busy.set(name, true);
    }
  }

  /** Keeps it as long as when it began; weighs it anew, since it grows. */
  #keep(key: string, sample: WindowSample, { endTimeMs }: TraceFilter): void {
    const hasFailed = sample.reads.failures().length > 0;
    const hasSettled = endTimeMs < this.#now() - FRESH_MS;
    const ttl = hasSettled ? SETTLED_MS : FRESH_MS;
    const leftMs = this.#windows.getRemainingTTL(key);
    this.#windows.set(key, sample, {
      ttl: hasFailed ? FAILED_MS : ttl,
      noUpdateTTL: leftMs > 0 && !(hasFailed && leftMs > FAILED_MS),
    });
  }
}

function sizeOf({ reads }: WindowSample): number {
  return ENTRY_BYTES + reads.sizeBytes;
}

function coverageOf(
  { reads }: WindowSample,
  { isExact, readTraceCount }: SampleFacts,
): TraceCoverage {
  const failures = reads.failures();
  const counts = reads.counts();
  const { fetchedCount, belongingCount = fetchedCount } = counts;
  return {
    complete: isExact && failures.length === 0,
    ...(isExact ? {} : { isSample: true }),
    ...counts,
    matchedCount: readTraceCount,
    filteredHere: belongingCount < fetchedCount ? ['workload'] : [],
    failures,
  };
}
