import type { PageTimes } from '../../workers/TraceJob';

/** Whether a page can be the newest traces of its window, and what follows then. */
export interface PageOrder {
  /**
   * Whether the page is in the order of some time that stores search by. What is
   * not in a full page is not newer than `boundUs` then.
   */
  isNewestFirst: boolean;
  /** Whole microseconds since the epoch; NaN where the page does not tell. */
  boundUs: number;
  /** Traces that stand in that order by different times: so many are no accident. */
  stepCount: number;
}

/**
 * In which order a page is. A store that returns the newest traces of a window
 * chose them by the start of a span, which is not the start of its trace: a trace
 * that began long before it reached the searched service may stand first. So the
 * bound is by spans where the page has them. The time that the store went by is
 * among several; a page in the order of more than one is bounded by the latest.
 * Rows tell no more than when a trace began and ended: the span is somewhere in
 * between, and the earliest end is the bound.
 */
export function orderOfPage(times: PageTimes): PageOrder {
  return times.matchUs
    ? orderOfSpans(times.matchUs, times.otherKeysUs ?? [])
    : orderOfRows(times);
}

function orderOfSpans(matchUs: number[], otherKeysUs: number[][]): PageOrder {
  const orders = [matchUs, ...otherKeysUs].filter(isDescending);
  return {
    isNewestFirst: orders.length > 0,
    boundUs: Math.max(least(matchUs), ...orders.map(least)),
    stepCount: Math.min(
      matchUs.length,
      ...orders.map(keys => new Set(keys).size),
    ),
  };
}

function orderOfRows({ startUs, endUs }: PageTimes): PageOrder {
  let earliestEnd = Infinity;
  let isNewestFirst = true;
  let stepCount = 0;
  let stepUs = Infinity;
  startUs.forEach((start, row) => {
    const end = endUs[row] as number;
    isNewestFirst &&= start <= earliestEnd;
    earliestEnd = Math.min(earliestEnd, end);
    if (end < stepUs) {
      stepCount += 1;
      stepUs = start;
    }
  });
  return { isNewestFirst, boundUs: earliestEnd, stepCount };
}

function isDescending(keys: number[]): boolean {
  return keys.every((key, i) => i === 0 || key <= (keys[i - 1] as number));
}

function least(keys: number[]): number {
  return keys.reduce((min, key) => Math.min(min, key), Infinity);
}
