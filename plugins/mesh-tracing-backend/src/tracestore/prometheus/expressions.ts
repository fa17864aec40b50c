import type { MetricsSchema } from './MetricsSchema';
import { sumBy } from './promQl';

/** Whether a histogram has a series for each bucket (`le`), or is one sample. */
export type HistogramForm = 'classic' | 'native';

function rates(metric: string, sets: string[][], rangeSeconds: number): string {
  return sets
    .map(set => `rate(${metric}{${set.join(',')}}[${rangeSeconds}s])`)
    .join(' or ');
}

/** Requests a second. */
export function callsOf(
  schema: MetricsSchema,
  by: string[],
  rangeSeconds: number,
): string {
  return sumBy(by, rates(schema.counter, schema.sets, rangeSeconds));
}

/** Failed requests a second; no series where none failed. */
export function failuresOf(
  schema: MetricsSchema,
  by: string[],
  rangeSeconds: number,
): string {
  const sets = schema.sets.flatMap(set =>
    schema.failures.map(failure => [...set, failure]),
  );
  return sumBy(by, rates(schema.counter, sets, rangeSeconds));
}

/** A quantile of the durations, in the histogram's unit. */
export function quantileOf(
  schema: MetricsSchema,
  quantile: number,
  by: string[],
  of: { form: HistogramForm; rangeSeconds: number },
): string {
  const { histogram, sets } = schema;
  const isNative = of.form === 'native';
  const metric = isNative ? histogram : `${histogram}_bucket`;
  const vector = rates(metric, sets, of.rangeSeconds);
  return `histogram_quantile(${quantile}, ${sumBy(
    isNative ? by : ['le', ...by],
    vector,
  )})`;
}

/** Observations a second in native histograms; no series where there are none. */
export function nativeObservationsOf(
  { histogram, sets }: MetricsSchema,
  rangeSeconds: number,
): string {
  return `histogram_count(sum(${rates(histogram, sets, rangeSeconds)}))`;
}

/** Observations a second in classic histograms; no series where there are none. */
export function classicObservationsOf(
  { histogram, sets }: MetricsSchema,
  rangeSeconds: number,
): string {
  return `sum(${rates(`${histogram}_count`, sets, rangeSeconds)})`;
}

/** Samples of the busiest series in the last stretch of the window. */
export function samplesOf(
  { counter, sets }: MetricsSchema,
  rangeSeconds: number,
): string {
  const counts = sets.map(
    set => `count_over_time(${counter}{${set.join(',')}}[${rangeSeconds}s])`,
  );
  return `max(${counts.join(' or ')})`;
}
