import { ResponseTooLargeError } from '../http/ResponseTooLargeError';
import { problemIn } from '../problems/StoreError';
import type { PageFacts } from '../workers/TraceJob';
import type { TimeSlice } from './SearchPlan';

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

/** What a walk starts with. */
export interface SliceWalkOptions extends TimeSlice {
  /** Matching traces wanted. */
  wanted: number;
  /** Traces asked for at once, at first. */
  pageSize: number;
}

/** Slices are not cut finer: stores count in microseconds. */
const SHORTEST_SLICE_MS = 0.002;

/** Where a walk through one slice is, and what is left of it. It asks nothing itself. */
export class SliceWalk {
  /** The last is the newest. */
  readonly #slices: TimeSlice[];
  readonly #wanted: number;
  #pageSize: number;
  #wasRefused = false;
  #matched = 0;
  #lostAtMs = -Infinity;

  constructor({ wanted, pageSize, startTimeMs, endTimeMs }: SliceWalkOptions) {
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
