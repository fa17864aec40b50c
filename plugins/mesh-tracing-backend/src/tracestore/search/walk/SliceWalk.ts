import { ResponseTooLargeError } from '../../http/ResponseTooLargeError';
import { problemIn } from '../../problems/StoreError';
import type { PageFacts } from '../../workers/TraceJob';
import { microsecondsOf, millisecondsOf } from './microseconds';
import { orderOfPage } from './pageOrder';
import type { TimeSlice } from '../SearchPlan';
import { splitSlice, type SliceUs } from './splitSlice';
import { TraceLatest } from './TraceLatest';

/** How far a walk came. */
export interface WalkResult {
  /** Whether all traces of the window were seen. */
  complete: boolean;
  /**
   * Where it was not: all traces with a matching span that started after this were
   * seen, but for those of crowded instants; milliseconds since the epoch, exact to
   * the microsecond. Absent where only instants are missing.
   */
  searchedBackToMs?: number;
  /**
   * Whether at some instant more traces start than the store returns at once, so
   * that no search can tell them apart.
   */
  isCrowded: boolean;
  /**
   * By trace, a time after which none of its matching spans starts that the window
   * holds; whole microseconds since the epoch.
   */
  latestUs: ReadonlyMap<string, number>;
}

/** What a walk starts with. */
export interface SliceWalkOptions extends TimeSlice {
  /** Matching traces wanted. */
  wanted: number;
  /** Traces asked for at once, at first. */
  pageSize: number;
  /** Traces asked for at once where slices cannot be cut any finer. */
  largestPage?: number;
}

/**
 * Slices are not cut finer, as stores search by the microsecond: the halves of a
 * cut share one, which is that of both ends in a store that leaves its ends out.
 */
const SHORTEST_SLICE_US = 2;
const MS_US = 1000;
/**
 * Cassandra looks up so many spans for each trace that is asked for, and returns
 * the traces that those are of: fewer than asked for where they have more spans.
 */
const SPANS_PER_TRACE = 3;

/** What a page is taken for. */
export interface PageTrust {
  /** Whether the store is trusted to send the newest; it is when absent. */
  isOfNewest?: boolean;
  /** Whether the page may lack traces although it is not full. */
  hidesTraces?: boolean;
}

/**
 * Where a walk through one slice is, and what is left of it, newest first. It asks
 * nothing itself: {@link next} tells what to ask for, and exactly one of
 * {@link shrink} and {@link advance} what came of it.
 */
export class SliceWalk {
  /** The last is the newest. */
  readonly #slices: SliceUs[];
  readonly #wanted: number;
  readonly #latest = new TraceLatest();
  #current: SliceUs | undefined;
  #pageSize: number;
  #largestPage: number;
  #wasRefused = false;
  #isCrowded = false;
  readonly #matched = new Set<string>();

  constructor(options: SliceWalkOptions) {
    const startUs = microsecondsOf(options.startTimeMs, 'earlier');
    // A window without length is none for Jaeger's newer API.
    const endUs = Math.max(
      microsecondsOf(options.endTimeMs, 'later'),
      startUs + 1,
    );
    this.#slices = [{ startUs, endUs }];
    this.#wanted = options.wanted;
    this.#pageSize = options.pageSize;
    this.#largestPage = Math.max(options.largestPage ?? 0, options.pageSize);
  }

  get pageSize(): number {
    return this.#pageSize;
  }

  /** Whether the page size is a smaller one, as the store refused another. */
  get wasRefused(): boolean {
    return this.#wasRefused;
  }

  /** What to ask for; undefined where enough was found, or nothing is left. */
  next(): TimeSlice | undefined {
    this.#current =
      this.#matched.size < this.#wanted ? this.#slices.pop() : undefined;
    return (
      this.#current && {
        startTimeMs: millisecondsOf(this.#current.startUs),
        endTimeMs: millisecondsOf(this.#current.endUs),
      }
    );
  }

  /** @throws the error when asking for fewer does not help */
  shrink(error: unknown): void {
    const smaller = smallerPage(error, this.#pageSize);
    if (smaller === undefined) {
      throw error;
    }
    this.#wasRefused ||= problemIn(error, 'limit-refused') !== undefined;
    this.#pageSize = smaller;
    this.#largestPage = smaller;
    this.#slices.push(this.#taken());
  }

  /** Whether the page is full, and goes on by the order that it seems to be in. */
  followsOrder(page: PageFacts): boolean {
    return (
      page.traceIds.length >= this.#pageSize &&
      this.#boundIn(this.#taken(), page) !== undefined
    );
  }

  /**
   * Whether the page is not full, but has as many spans as a store may read at
   * most for so many traces.
   */
  mayLackTraces({ traceIds, foundSpanCount }: PageFacts): boolean {
    return (
      traceIds.length < this.#pageSize &&
      foundSpanCount >= SPANS_PER_TRACE * this.#pageSize
    );
  }

  /**
   * @param matchedIds - traces of the page that pass all filters
   * @returns whether the page led on; false where its slice was cut instead
   */
  advance(
    page: PageFacts,
    matchedIds: readonly string[],
    { isOfNewest = true, hidesTraces = false }: PageTrust = {},
  ): boolean {
    const slice = this.#taken();
    const { startUs, endUs } = slice;
    if (page.traceIds.length < this.#pageSize && !hidesTraces) {
      this.#cover(slice, page, matchedIds);
      return true;
    }
    const boundUs =
      isOfNewest && !hidesTraces ? this.#boundIn(slice, page) : undefined;
    if (boundUs !== undefined) {
      this.#cover(slice, page, matchedIds);
      if (boundUs > startUs) {
        this.#slices.push({ startUs, endUs: boundUs });
      }
      return true;
    }
    const isShort = endUs - startUs <= MS_US;
    if (isShort && this.#pageSize < this.#largestPage) {
      this.#pageSize = this.#largestPage;
      this.#slices.push(slice);
      return true;
    }
    const isFinest =
      endUs - startUs <= SHORTEST_SLICE_US ||
      (isShort && isFromOutside(slice, page));
    if (!isFinest) {
      this.#latest.glimpse(page, endUs);
      this.#slices.push(...splitSlice(slice, page.times));
      return false;
    }
    this.#isCrowded = true;
    this.#cover(slice, page, matchedIds);
    if (isShort && isFromOutside(slice, page)) {
      this.#leaveMillisecondOf(startUs);
    }
    return true;
  }

  result(): WalkResult {
    const next = this.#slices[this.#slices.length - 1];
    return {
      complete: !next && !this.#isCrowded,
      ...(next ? { searchedBackToMs: millisecondsOf(next.endUs) } : {}),
      isCrowded: this.#isCrowded,
      latestUs: this.#latest.all(next?.endUs),
    };
  }

  #taken(): SliceUs {
    if (!this.#current) {
      throw new Error('A walk goes on from the slice that it gave out');
    }
    return this.#current;
  }

  /**
   * Where the walk goes on if the store sent the newest: a microsecond after the
   * bound, since stores count finer, or leave the end of a window out. Undefined
   * where the page is in no order, or that is no way back.
   */
  #boundIn({ endUs }: SliceUs, page: PageFacts): number | undefined {
    const { isNewestFirst, boundUs } = orderOfPage(page.times);
    return isNewestFirst && boundUs + 1 < endUs ? boundUs + 1 : undefined;
  }

  /** The store searches by the millisecond: the rest of this one is the same to it. */
  #leaveMillisecondOf(startUs: number): void {
    const lastUs = Math.floor(startUs / MS_US) * MS_US - 1;
    for (let next = this.#slices.pop(); next; next = this.#slices.pop()) {
      if (next.startUs < lastUs) {
        this.#slices.push({
          startUs: next.startUs,
          endUs: Math.min(next.endUs, lastUs),
        });
        return;
      }
    }
  }

  #cover(slice: SliceUs, page: PageFacts, matchedIds: readonly string[]): void {
    this.#latest.see(page, slice.endUs);
    matchedIds.forEach(id => this.#matched.add(id));
  }
}

/** Whether a page holds a trace without any matching span in its slice. */
function isFromOutside(
  { startUs, endUs }: SliceUs,
  { times: { startUs: starts, endUs: ends, matchUs } }: PageFacts,
): boolean {
  return starts.some((start, i) => {
    const from = matchUs?.[i] ?? start;
    const to = matchUs?.[i] ?? (ends[i] as number);
    return !(from <= endUs && to >= startUs);
  });
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
