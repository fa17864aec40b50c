import { problemIn } from '../../problems/StoreError';
import type { PageFacts } from '../../workers/TraceJob';
import { microsecondsOf, millisecondsOf } from './microseconds';
import { orderOfPage } from './pageOrder';
import type { TimeSlice } from '../SearchPlan';

/**
 * Traces that must stand in order before it is believed: a dozen do so by accident
 * once in half a billion pages.
 */
const TELLING_STEPS = 12;

/** A full page in an order of time, and the way to ask the store for others. */
export interface OrderedPage {
  slice: TimeSlice;
  page: PageFacts;
  /** @throws what a search of the store throws */
  ask(slice: TimeSlice, limit: number): Promise<PageFacts>;
}

/**
 * Whether a store returns the newest traces of a window when it does not return
 * all. Jaeger's in-memory storage returns those that arrived last: its pages are
 * in the order of time while traces arrive in it, and lose whatever arrived out of
 * turn. A store is tried once, at the first page that tells anything, with two
 * small questions.
 */
export class TimeOrder {
  #returnsNewest: boolean | undefined;
  /** Cassandra's pages are in any order, as are those of memory when small. */
  #isOrdered = false;
  #isInMemory: Promise<boolean> | undefined;
  #trial: Promise<boolean> | undefined;

  /** @throws what a search of the store throws */
  async isOfNewest(ordered: OrderedPage): Promise<boolean> {
    if (this.#returnsNewest !== undefined) {
      return this.#returnsNewest;
    }
    if (orderOfPage(ordered.page.times).stepCount < TELLING_STEPS) {
      return false;
    }
    this.#trial ??= this.#try(ordered).finally(() => {
      this.#trial = undefined;
    });
    return this.#trial;
  }

  /** Takes note of a page. */
  look({ times }: PageFacts): void {
    const { isNewestFirst, stepCount } = orderOfPage(times);
    this.#isOrdered ||= isNewestFirst && stepCount >= TELLING_STEPS;
  }

  /**
   * Whether the store may be one that looks up spans, so many at most, and returns
   * the traces that they are of: Cassandra. What returns its pages in an order of
   * time is none, nor is the in-memory storage, which is asked for once.
   *
   * @throws what a search of the store throws
   */
  async mayReadAhead(ordered: OrderedPage): Promise<boolean> {
    return !this.#isOrdered && !(await this.#asksMemory(ordered));
  }

  get isUnknown(): boolean {
    return (
      this.#returnsNewest === undefined &&
      !this.#isOrdered &&
      this.#isInMemory === undefined
    );
  }

  forget(): void {
    this.#returnsNewest = undefined;
    this.#isOrdered = false;
    this.#isInMemory = undefined;
  }

  async #try(ordered: OrderedPage): Promise<boolean> {
    const goesByArrival =
      (await this.#asksMemory(ordered)) || (await hasNewer(ordered));
    this.#returnsNewest = !goesByArrival;
    return this.#returnsNewest;
  }

  async #asksMemory(ordered: OrderedPage): Promise<boolean> {
    const asked = (this.#isInMemory ??= isInMemory(ordered));
    try {
      return await asked;
    } catch (error) {
      if (this.#isInMemory === asked) {
        this.#isInMemory = undefined;
      }
      throw error;
    }
  }
}

/** Only that storage refuses, in its own words, to return no traces. */
async function isInMemory({ slice, ask }: OrderedPage): Promise<boolean> {
  const { startTimeMs } = slice;
  const endTimeMs = millisecondsOf(microsecondsOf(startTimeMs, 'later') + 1);
  try {
    await ask({ startTimeMs, endTimeMs }, 0);
    return false;
  } catch (error) {
    return problemIn(error, 'limit-refused')?.isInMemory === true;
  }
}

/** Whether there is a trace that is newer than all of the page. */
async function hasNewer({ slice, page, ask }: OrderedPage): Promise<boolean> {
  const { startUs, matchUs = startUs } = page.times;
  const newestUs = Math.max(...matchUs);
  const endUs = microsecondsOf(slice.endTimeMs, 'later');
  if (newestUs + 2 > endUs) {
    return false;
  }
  const newer = await ask(
    {
      startTimeMs: millisecondsOf(newestUs + 1),
      endTimeMs: slice.endTimeMs,
    },
    1,
  );
  const known = new Set(page.traceIds);
  return newer.traceIds.some(id => !known.has(id));
}
