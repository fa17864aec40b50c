import type { PageFacts } from '../../workers/TraceJob';
import type { TimeSlice } from '../SearchPlan';
import {
  SliceWalk,
  type PageTrust,
  type SliceWalkOptions,
  type WalkResult,
} from './SliceWalk';

/** Pages of one source in one slice of a window. */
export interface WalkOptions<P extends PageFacts> extends SliceWalkOptions {
  /**
   * Requests at most, and as many again for pages that had to be cut: those bring
   * nothing that can be relied on.
   */
  maxPages: number;
  /** Looked at before each page. */
  signal?: AbortSignal;
  fetchPage(slice: TimeSlice, limit: number): Promise<P>;
  /** Told of a page size that the store did not refuse after it refused another. */
  learnPageSize?(pageSize: number): void;
  /**
   * Whether a full page, whose traces are in an order of time, is of the newest;
   * it is when absent.
   */
  isOfNewest?(slice: TimeSlice, page: P): Promise<boolean>;
  /**
   * Whether the store may have left traces out of a page that is not full, but has
   * as many spans as it reads at most for one; it may when absent.
   */
  mayHideTraces?(slice: TimeSlice, page: P): Promise<boolean>;
  /** Whether what came is as much as may be read; it is not when absent. */
  isEnough?(): boolean;
  /** Takes the page in; returns the ids of its traces that pass all filters. */
  accept(page: P): readonly string[];
}

/**
 * Walks back through a window, since Jaeger has neither pages nor totals. An
 * answer with fewer traces than asked for holds all of its slice, unless it has so
 * many spans that a store which counts those may have stopped. A full one is
 * followed by the slice before its bound, if the store sent the newest; if it sent
 * some in whatever order, the slice is cut, newer part first, so that none are
 * missed. Answers that are too large, or of more traces than the store returns at
 * once, are asked for again in smaller portions.
 *
 * @throws ResponseTooLargeError when even one trace is too large;
 *   `limit-refused` when the store does not even return one; the reason of the
 *   signal
 */
export async function walkSearch<P extends PageFacts>(
  options: WalkOptions<P>,
): Promise<WalkResult> {
  const walk = new SliceWalk(options);
  const { maxPages } = options;
  let usedPages = 0;
  for (let asked = 0; usedPages < maxPages && asked < 2 * maxPages; asked++) {
    options.signal?.throwIfAborted();
    const slice = options.isEnough?.() ? undefined : walk.next();
    if (!slice) {
      break;
    }
    let page: P;
    try {
      page = await options.fetchPage(slice, walk.pageSize);
    } catch (error) {
      walk.shrink(error);
      continue;
    }
    if (walk.wasRefused) {
      options.learnPageSize?.(walk.pageSize);
    }
    const trust = await trustIn(page, slice, walk, options);
    const wasCut = !walk.advance(page, options.accept(page), trust);
    usedPages += wasCut ? 0 : 1;
  }
  return walk.result();
}

async function trustIn<P extends PageFacts>(
  page: P,
  slice: TimeSlice,
  walk: SliceWalk,
  options: WalkOptions<P>,
): Promise<PageTrust> {
  return {
    isOfNewest:
      !walk.followsOrder(page) ||
      ((await options.isOfNewest?.(slice, page)) ?? true),
    hidesTraces:
      walk.mayLackTraces(page) &&
      ((await options.mayHideTraces?.(slice, page)) ?? true),
  };
}
