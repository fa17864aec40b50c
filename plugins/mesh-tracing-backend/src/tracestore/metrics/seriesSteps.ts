const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Steps that people count in, and that Jaeger and Prometheus take. */
const STEPS_MS = [
  ...[15, 30].map(count => count * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map(count => count * MINUTE_MS),
  ...[1, 2, 3, 6, 12, 24].map(count => count * HOUR_MS),
];
const MOST_POINTS = 60;

/** Stretches of equal length that cover a window up to its end. */
export interface SeriesSteps {
  stepMs: number;
  /** Ends of the stretches, milliseconds since the epoch, the oldest first. */
  endsMs: number[];
}

/** Cuts a window into at most sixty stretches; the last one ends with the window. */
export function seriesSteps(window: {
  startTimeMs: number;
  endTimeMs: number;
}): SeriesSteps {
  const lengthMs = Math.max(1, window.endTimeMs - window.startTimeMs);
  const stepMs =
    STEPS_MS.find(step => lengthMs / step <= MOST_POINTS) ??
    Math.ceil(lengthMs / MOST_POINTS / HOUR_MS) * HOUR_MS;
  const count = Math.max(1, Math.floor(lengthMs / stepMs));
  return {
    stepMs,
    endsMs: Array.from(
      { length: count },
      (_, index) => Math.round(window.endTimeMs) - (count - 1 - index) * stepMs,
    ),
  };
}
