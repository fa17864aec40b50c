import { ResponseTooLargeError } from '../http/ResponseTooLargeError';
import { problemIn } from '../problems/StoreError';
import type { PageFacts } from '../workers/TraceJob';
import type { TimeSlice } from './SearchPlan';

/** Pages of one source in one slice of a window. */
export interface WalkOptions<P extends PageFacts> extends TimeSlice {
  /** Matching traces wanted. */
  wanted: number;
  /** Traces asked for at once, at first. */
  pageSize: number;
  maxPages: number;
  /** Looked at before each page. */
  signal?: AbortSignal;
  fetchPage(slice: TimeSlice, limit: number): Promise<P>;
  /** Told of a page size that the store did not refuse after it refused another. */
  learnPageSize?(pageSize: number): void;
  /** Takes the page in; returns how many matching traces it added. */
  accept(page: P): number;
}

/** How far a walk came. */
export interface WalkResult {
  /** Whether all traces of the window were seen. */
  complete: boolean;
  /**
   * Where it was not: all traces that started after this were seen;
   * milliseconds since the epoch.
   */
  searchedBackToMs?: number;
}

/** Slices are not cut finer: stores count in microseconds. */
const SHORTEST_SLICE_MS = 0.002;

/**
 * Walks back through a window, since Jaeger has neither pages nor totals. An
 * answer with fewer traces than asked for holds all of its slice. A full one is
 * followed by the slice before its oldest trace, if the store sent the newest
 * first; if it sent some in whatever order, the slice is halved, newer half
 * first, so that none are missed. Answers that are too large, or of more traces
 * than the store returns at once, are asked for again in smaller portions.
 *
 * @throws ResponseTooLargeError when even one trace is too large;
 *   `limit-refused` when the store does not even return one; the reason of the
 *   signal
 */
export async function walkSearch<P extends PageFacts>(
  options: WalkOptions<P>,
): Promise<WalkResult> {
  const walk = new Walk(options);
  for (let request = 0; request < options.maxPages; request++) {
    options.signal?.throwIfAborted();
    const slice = walk.next();
    if (!slice) {
      break;
    }
    let page: P;
    try {
      page = await options.fetchPage(slice, walk.pageSize);
    } catch (error) {
      walk.shrink(slice, error);
      continue;
    }
    if (walk.wasRefused) {
      options.learnPageSize?.(walk.pageSize);
    }
    walk.advance(slice, page, options.accept(page));
  }
  return walk.result();
}

/** Where a walk is, and what is left of it. */
class Walk {
  /** The last is the newest. */
  readonly #slices: TimeSlice[];
  readonly #wanted: number;
  #pageSize: number;
  #wasRefused = false;
  #matched = 0;
  #lostAtMs = -Infinity;

  constructor({
    startTimeMs,
    endTimeMs,
    wanted,
    pageSize,
  }: WalkOptions<PageFacts>) {
    this.#slices = [{ startTimeMs, endTimeMs }];
    this.#wanted = wanted;
    this.#pageSize = pageSize;
  }

  get pageSize(): number {
    return this.#pageSize;
  }

  /** Whether the page size is a smaller one, as the store refused another. */
  get wasRefused(): boolean {
    return this.#wasRefused;
  }

  next(): TimeSlice | undefined {
    return this.#matched < this.#wanted ? this.#slices.pop() : undefined;
  }

  /** @throws the error when asking for fewer does not help */
  shrink(slice: TimeSlice, error: unknown): void {
    const smaller = smallerPage(error, this.#pageSize);
    if (smaller === undefined) {
      throw error;
    }
    this.#wasRefused ||= problemIn(error, 'limit-refused') !== undefined;
    this.#pageSize = smaller;
    this.#slices.push(slice);
  }

  /** @param added - matching traces that the page added */
  advance(slice: TimeSlice, page: PageFacts, added: number): void {
    const rest = remaining(slice, page, this.#pageSize);
    this.#slices.push(...rest.slices);
    this.#matched += rest.isSplit ? 0 : added;
    if (rest.isLost) {
      this.#lostAtMs = Math.max(this.#lostAtMs, slice.endTimeMs);
    }
  }

  result(): WalkResult {
    const next = this.#slices[this.#slices.length - 1];
    const searchedBackToMs = Math.max(
      next?.endTimeMs ?? -Infinity,
      this.#lostAtMs,
    );
    return Number.isFinite(searchedBackToMs)
      ? { complete: false, searchedBackToMs }
      : { complete: true };
  }
}

/** How many to ask for instead; undefined where that does not help. */
function smallerPage(error: unknown, pageSize: number): number | undefined {
  if (pageSize === 1) {
    return undefined;
  }
  const refusal = problemIn(error, 'limit-refused');
  if (refusal) {
    const most = refusal.most ?? Infinity;
    return most < pageSize ? most : Math.floor(pageSize / 2);
  }
  return error instanceof ResponseTooLargeError
    ? Math.max(1, Math.floor(pageSize / 4))
    : undefined;
}

function remaining(
  slice: TimeSlice,
  page: PageFacts,
  pageSize: number,
): { slices: TimeSlice[]; isSplit?: boolean; isLost?: boolean } {
  const { startTimeMs, endTimeMs } = slice;
  if (page.traceIds.length < pageSize) {
    return { slices: [] };
  }
  const oldest = page.oldestStartTimeMs ?? endTimeMs;
  if (page.newestFirst && oldest < endTimeMs) {
    return {
      slices: oldest > startTimeMs ? [{ startTimeMs, endTimeMs: oldest }] : [],
    };
  }
  if (endTimeMs - startTimeMs <= SHORTEST_SLICE_MS) {
    return { slices: [], isLost: true };
  }
  const middle = startTimeMs + (endTimeMs - startTimeMs) / 2;
  return {
    slices: [
      { startTimeMs, endTimeMs: middle },
      { startTimeMs: middle, endTimeMs },
    ],
    isSplit: true,
  };
}
