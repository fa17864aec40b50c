import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';
import { microsecondsOf, millisecondsOf } from './microseconds';
import type { NewestTraces } from './newestTraces';
import type { TimeSlice } from '../SearchPlan';
import { splitSlice, type SliceUs } from './splitSlice';

/** Windows that are tried for one answer. */
const MOST_WINDOWS = 24;
/** Some stores tell no shorter windows apart. */
const SHORTEST_US = 1000;

/**
 * The window of a search for rows, cut where the answer would lead nowhere: more
 * traces match than were asked for, and as far as their rows tell, those left out
 * may have begun to match as late as the window ends. The next page would be the
 * same then. So the newer part is searched alone, until what it holds fits.
 */
export class NarrowingWindow {
  /** The last is the newest. */
  readonly #rest: SliceUs[] = [];
  #current: SliceUs;
  #tried = 1;

  static of(window: TimeSlice): NarrowingWindow {
    return new NarrowingWindow(window);
  }

  private constructor({ startTimeMs, endTimeMs }: TimeSlice) {
    this.#current = {
      startUs: microsecondsOf(startTimeMs, 'earlier'),
      endUs: microsecondsOf(endTimeMs, 'later'),
    };
  }

  get current(): TimeSlice {
    return {
      startTimeMs: millisecondsOf(this.#current.startUs),
      endTimeMs: millisecondsOf(this.#current.endUs),
    };
  }

  /** Whether another window is the current one now, which must be searched. */
  mustNarrow(
    { isCut, continueAtMs, traceIds }: NewestTraces,
    rows: ReadonlyMap<string, TraceSummary>,
  ): boolean {
    const { startUs, endUs } = this.#current;
    if (this.#tried === MOST_WINDOWS) {
      return false;
    }
    const leadsNowhere = isCut && (continueAtMs ?? 0) >= millisecondsOf(endUs);
    if (leadsNowhere && endUs - startUs > SHORTEST_US) {
      const starts = [...rows.values()].map(row =>
        Math.floor(row.startTimeMs * 1000),
      );
      const halves = splitSlice(this.#current, { startUs: starts, endUs: [] });
      this.#rest.push(...halves);
      return this.#takeNext();
    }
    const isEmpty = traceIds.size === 0 && continueAtMs === undefined;
    return isEmpty && this.#takeNext();
  }

  /** What was found, and what the older windows hold. */
  withRest(found: NewestTraces): NewestTraces {
    const next = this.#rest[this.#rest.length - 1];
    const restMs = next && millisecondsOf(next.endUs);
    const { continueAtMs = restMs } = found;
    const isStuck =
      found.isCut && (continueAtMs ?? 0) >= millisecondsOf(this.#current.endUs);
    return isStuck
      ? { ...found, isStuck, continueAtMs: restMs }
      : { ...found, continueAtMs };
  }

  #takeNext(): boolean {
    const next = this.#rest.pop();
    this.#tried += 1;
    this.#current = next ?? this.#current;
    return next !== undefined;
  }
}
