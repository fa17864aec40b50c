import type { MetricsSchema } from './MetricsSchema';
import { sumBy } from './promQl';

/** The range of a rate: seconds, or as PromQL writes a duration, such as `5m`. @public */
export type RateRange = number | string;

function rangeText(range: RateRange): string {
  return typeof range === 'number' ? `${range}s` : range;
}

/** Whether a histogram has a series for each bucket (`le`), or is one sample. @public */
export type HistogramForm = 'classic' | 'native';

function rates(metric: string, sets: string[][], range: RateRange): string {
  return sets
    .map(set => `rate(${metric}{${set.join(',')}}[${rangeText(range)}])`)
    .join(' or ');
}

/** Requests a second. @public */
export function callsOf(
  schema: MetricsSchema,
  by: string[],
  range: RateRange,
): string {
  return sumBy(by, rates(schema.counter, schema.sets, range));
}

/** Failed requests a second; no series where none failed. @public */
export function failuresOf(
  schema: MetricsSchema,
  by: string[],
  range: RateRange,
): string {
  const sets = schema.sets.flatMap(set =>
    schema.failures.map(failure => [...set, failure]),
  );
  return sumBy(by, rates(schema.counter, sets, range));
}

/** A quantile of the durations, in the histogram's unit. @public */
export function quantileOf(
  schema: MetricsSchema,
  quantile: number,
  by: string[],
  of: { form: HistogramForm; range: RateRange },
): string {
  const { histogram, sets } = schema;
  const isNative = of.form === 'native';
  const metric = isNative ? histogram : `${histogram}_bucket`;
  const vector = rates(metric, sets, of.range);
  return `histogram_quantile(${quantile}, ${sumBy(
    isNative ? by : ['le', ...by],
    vector,
  )})`;
}

/** Observations a second in native histograms; no series where there are none. @public */
export function nativeObservationsOf(
  { histogram, sets }: MetricsSchema,
  range: RateRange,
): string {
  return `histogram_count(sum(${rates(histogram, sets, range)}))`;
}

/** Observations a second in classic histograms; no series where there are none. @public */
export function classicObservationsOf(
  { histogram, sets }: MetricsSchema,
  range: RateRange,
): string {
  return `sum(${rates(`${histogram}_count`, sets, range)})`;
}

/** Samples of the busiest series in the last stretch of the window. @public */
export function samplesOf(
  { counter, sets }: MetricsSchema,
  range: RateRange,
): string {
  const counts = sets.map(
    set => `count_over_time(${counter}{${set.join(',')}}[${rangeText(range)}])`,
  );
  return `max(${counts.join(' or ')})`;
}
