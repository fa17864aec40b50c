import { ResponseTooLargeError } from '../http/ResponseTooLargeError';
import { problemIn } from '../problems/StoreError';
import type { PageFacts } from '../workers/TraceJob';

/** Pages of one search of one service name. */
export interface WalkOptions<P extends PageFacts> {
  startTimeMs: number;
  endTimeMs: number;
  /** Matching traces wanted. */
  wanted: number;
  /** Traces asked for at once, at first. */
  pageSize: number;
  maxPages: number;
  fetchPage(slice: TimeSlice, limit: number): Promise<P>;
  /** Told of a page size that the store did not refuse after it refused another. */
  learnPageSize?(pageSize: number): void;
  /** Takes the page in; returns how many matching traces it added. */
  accept(page: P): number;
}

/** A part of the window; milliseconds since the epoch. */
export interface TimeSlice {
  startTimeMs: number;
  endTimeMs: number;
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
 *   `limit-refused` when the store does not even return one
 */
export async function walkSearch<P extends PageFacts>(
  options: WalkOptions<P>,
): Promise<WalkResult> {
  const { startTimeMs, endTimeMs, wanted, maxPages } = options;
  let { pageSize } = options;
  let matched = 0;
  let lostAtMs = -Infinity;
  let wasRefused = false;
  // The last is the newest.
  const slices: TimeSlice[] = [{ startTimeMs, endTimeMs }];
  for (let request = 0; request < maxPages; request++) {
    const slice = slices.pop();
    if (!slice) {
      break;
    }
    if (matched >= wanted) {
      slices.push(slice);
      break;
    }
    let page: P;
    try {
      page = await options.fetchPage(slice, pageSize);
    } catch (error) {
      const smaller = smallerPage(error, pageSize);
      if (smaller === undefined) {
        throw error;
      }
      wasRefused ||= problemIn(error, 'limit-refused') !== undefined;
      pageSize = smaller;
      slices.push(slice);
      continue;
    }
    if (pageSize < options.pageSize && wasRefused) {
      options.learnPageSize?.(pageSize);
    }
    const added = options.accept(page);
    const rest = remaining(slice, page, pageSize);
    slices.push(...rest.slices);
    matched += rest.isSplit ? 0 : added;
    lostAtMs = rest.isLost ? Math.max(lostAtMs, slice.endTimeMs) : lostAtMs;
  }
  const next = slices.pop()?.endTimeMs ?? -Infinity;
  const searchedBackToMs = Math.max(next, lostAtMs);
  return Number.isFinite(searchedBackToMs)
    ? { complete: false, searchedBackToMs }
    : { complete: true };
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
