import { keyOf, type MetricsValue } from './RequestMeasures';

/** A window of Jaeger's metrics API. */
export interface MetricsQuery {
  services: string[];
  /** Milliseconds since the epoch. */
  startTimeMs: number;
  endTimeMs: number;
  byOperation?: boolean;
}

/** One of the three measures, or a quantile of the first. */
export type Measure =
  | { name: 'latencies'; quantile: number }
  | { name: 'calls' }
  | { name: 'errors' };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The stretches that the values are of. */
export interface MeasureSteps {
  /** Length of one; a whole number of seconds. */
  stepMs: number;
  /** Time that each rate is taken over. */
  ratePerMs: number;
}

/**
 * A name as it may be sent. Jaeger puts names into a regular expression of PromQL as
 * they are, within double quotes, so that a name could widen the question or end it.
 * Whatever means something there is sent as `.`, which any character fits; answers
 * about other services are left out when they are read.
 */
function safeName(service: string): string {
  return service.replace(/[^\p{L}\p{N} _\-/:.@#=,;~&%!<>']/gu, '.');
}

/**
 * Path of one measure. Without steps over the window as a whole. Jaeger renders
 * `ratePer` in its largest unit and cuts off the rest, so that whole minutes or whole
 * hours are sent.
 */
export function metricsPath(
  measure: Measure,
  query: MetricsQuery,
  steps?: MeasureSteps,
): string {
  const windowMs = Math.max(1, query.endTimeMs - query.startTimeMs);
  const wholeMs = wholeUnits(windowMs);
  const parameters = new URLSearchParams();
  query.services.forEach(service =>
    parameters.append('service', safeName(service)),
  );
  if (measure.name === 'latencies') {
    parameters.set('quantile', String(measure.quantile));
  }
  parameters.set('groupByOperation', String(query.byOperation === true));
  parameters.set('endTs', String(Math.round(query.endTimeMs)));
  parameters.set('lookback', String(steps ? windowMs - steps.stepMs : wholeMs));
  parameters.set('step', String(steps?.stepMs ?? wholeMs));
  parameters.set(
    'ratePer',
    String(steps ? wholeUnits(steps.ratePerMs) : wholeMs),
  );
  parameters.set('spanKind', 'server');
  return `/api/metrics/${measure.name}?${parameters}`;
}

/** Whole minutes, from an hour on whole hours; not shorter than asked for. */
function wholeUnits(lengthMs: number): number {
  const unitMs = lengthMs > HOUR_MS ? HOUR_MS : MINUTE_MS;
  return Math.ceil(lengthMs / unitMs) * unitMs;
}

/** Values over time of one service or operation. */
export interface MetricsSeries extends Omit<MetricsValue, 'value'> {
  /** By milliseconds since the epoch, the oldest first. */
  values: Map<number, number>;
}

type Json = Record<string, unknown>;

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * The numbers of each series. Labels come in random order and are found by name, the
 * operation by either of the names that Jaeger has had for it; `"NaN"` and infinities
 * are no numbers. Services that were not asked for are left out: see
 * {@link metricsPath}.
 */
export function readMetricSeries(
  json: unknown,
  services: string[],
): MetricsSeries[] {
  return list(record(json).metrics).flatMap(item => {
    const metric = record(item);
    const labels = new Map(
      list(metric.labels).map(label => {
        const { name, value } = record(label);
        return [String(name), String(value)] as const;
      }),
    );
    const service = labels.get('service_name') ?? '';
    const operation = labels.get('operation') ?? labels.get('span_name');
    const values = list(metric.metricPoints).flatMap(
      (point, index): Array<[number, number]> => {
        const { gaugeValue, timestamp } = record(point);
        const value = Number(record(gaugeValue).doubleValue ?? 0);
        const at = Date.parse(String(timestamp));
        return Number.isFinite(value)
          ? [[Number.isFinite(at) ? at : index, value]]
          : [];
      },
    );
    return values.length > 0 && services.includes(service)
      ? [
          {
            service,
            ...(operation ? { operation } : {}),
            values: new Map(values),
          },
        ]
      : [];
  });
}

/** The newest number of each series; see {@link readMetricSeries}. */
export function readMetricFamily(
  json: unknown,
  services: string[],
): MetricsValue[] {
  const newest = new Map<string, MetricsValue>();
  for (const { values, ...of } of readMetricSeries(json, services)) {
    const value = [...values.values()].at(-1);
    if (value !== undefined) {
      newest.set(keyOf(of), { ...of, value });
    }
  }
  return [...newest.values()];
}
