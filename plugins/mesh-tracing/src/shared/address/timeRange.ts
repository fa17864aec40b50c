import type { TimeWindow } from '../api/MeshTracingApi';

/** Time ranges that end now, with their lengths in milliseconds. */
export const RELATIVE_RANGES = {
  '15m': 15 * 60_000,
  '1h': 60 * 60_000,
  '6h': 6 * 60 * 60_000,
  '24h': 24 * 60 * 60_000,
} as const;

/** Name of a range that ends now. */
export type RelativeRange = keyof typeof RELATIVE_RANGES;

/** A range as the URL holds it: relative to now, or fixed. */
export type TimeRange =
  | { kind: 'relative'; range: RelativeRange }
  | ({ kind: 'fixed' } & TimeWindow);

/** The range of a first visit. */
export const DEFAULT_RANGE: RelativeRange = '1h';

/** Reads `range`, `from` and `to`; anything unusable gives the default. */
export function parseTimeRange(parameters: URLSearchParams): TimeRange {
  const startTimeMs = Number(parameters.get('from') ?? NaN);
  const endTimeMs = Number(parameters.get('to') ?? NaN);
  if (Number.isFinite(startTimeMs) && endTimeMs > startTimeMs) {
    return { kind: 'fixed', startTimeMs, endTimeMs };
  }
  const range = parameters.get('range');
  return {
    kind: 'relative',
    range: isRelativeRange(range) ? range : DEFAULT_RANGE,
  };
}

/** The window that a range means at a moment. */
export function windowOf(range: TimeRange, nowMs: number): TimeWindow {
  return range.kind === 'fixed'
    ? { startTimeMs: range.startTimeMs, endTimeMs: range.endTimeMs }
    : { startTimeMs: nowMs - RELATIVE_RANGES[range.range], endTimeMs: nowMs };
}

function isRelativeRange(text: string | null): text is RelativeRange {
  return text !== null && Object.hasOwn(RELATIVE_RANGES, text);
}
