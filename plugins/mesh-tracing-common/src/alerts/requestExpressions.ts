import {
  callsOf,
  failuresOf,
  promQlDuration,
  promQlNumber,
  type MetricsSchema,
} from '../metrics';
import type { SeriesNeed } from './AlertRule';

/**
 * Share of failed requests, 0..1; 0 where none failed, no number where there was no
 * request.
 */
export function failureRatio(
  schema: MetricsSchema,
  windowSeconds: number,
): string {
  const range = promQlDuration(windowSeconds);
  const calls = callsOf(schema, [], range);
  return `(${failuresOf(schema, [], range)} or ${calls} * 0) / ${calls}`;
}

/** `and …`, for at least so many requests in the window; empty for none. */
export function withLeastRequests(
  schema: MetricsSchema,
  windowSeconds: number,
  least: number,
): string {
  const calls = callsOf(schema, [], promQlDuration(windowSeconds));
  return least > 0
    ? `\nand ${calls} * ${windowSeconds} >= ${promQlNumber(least)}`
    : '';
}

/** Counted requests. */
export function requestNeed(schema: MetricsSchema): SeriesNeed {
  return { metric: schema.counter, sets: schema.sets };
}

/** Counted requests that tell whether they failed. */
export function failureNeed(schema: MetricsSchema): SeriesNeed {
  return { ...requestNeed(schema), label: schema.failureLabel };
}
