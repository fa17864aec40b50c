import type { RequestMetricsRow } from 'backstage-plugin-mesh-tracing-common';

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

/**
 * Path of one measure over the window as a whole. Jaeger renders `ratePer` as a
 * single unit of time and cuts off the rest, so that whole minutes are sent.
 */
export function metricsPath(measure: Measure, query: MetricsQuery): string {
  const windowMs = Math.max(1, query.endTimeMs - query.startTimeMs);
  const wholeMs = Math.ceil(windowMs / MINUTE_MS) * MINUTE_MS;
  const parameters = new URLSearchParams();
  query.services.forEach(service => parameters.append('service', service));
  if (measure.name === 'latencies') {
    parameters.set('quantile', String(measure.quantile));
  }
  parameters.set('groupByOperation', String(query.byOperation === true));
  parameters.set('endTs', String(Math.round(query.endTimeMs)));
  parameters.set('lookback', String(wholeMs));
  parameters.set('step', String(wholeMs));
  parameters.set('ratePer', String(wholeMs));
  parameters.set('spanKind', 'server');
  return `/api/metrics/${measure.name}?${parameters}`;
}

/** A value of one series. */
export interface MetricsValue {
  service: string;
  operation?: string;
  value: number;
}

type Json = Record<string, unknown>;

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * The newest number of each series. Labels come in random order and are found by
 * name; `"NaN"` and infinities are no numbers. Jaeger takes service names as a
 * regular expression, so that services that were not asked for are left out.
 */
export function readMetricFamily(
  json: unknown,
  services: string[],
): MetricsValue[] {
  return list(record(json).metrics).flatMap(item => {
    const metric = record(item);
    const labels = new Map(
      list(metric.labels).map(label => {
        const { name, value } = record(label);
        return [String(name), String(value)] as const;
      }),
    );
    const service = labels.get('service_name') ?? '';
    const operation = labels.get('operation');
    const values = list(metric.metricPoints).flatMap(point => {
      const value = record(record(point).gaugeValue).doubleValue ?? 0;
      return Number.isFinite(Number(value)) ? [Number(value)] : [];
    });
    const newest = values[values.length - 1];
    return newest !== undefined && services.includes(service)
      ? [{ service, ...(operation ? { operation } : {}), value: newest }]
      : [];
  });
}

/** Puts the measures of each service, or operation, together. */
export function joinMeasures(measures: {
  calls: MetricsValue[];
  errors: MetricsValue[];
  quantilesUs: Array<{ quantile: 0.5 | 0.95 | 0.99; values: MetricsValue[] }>;
}): RequestMetricsRow[] {
  const rows = new Map<string, RequestMetricsRow>();
  const rowOf = ({ service, operation }: MetricsValue): RequestMetricsRow => {
    const key = JSON.stringify([service, operation]);
    let row = rows.get(key);
    if (!row) {
      row = {
        service,
        ...(operation ? { operation } : {}),
        callsPerSecond: null,
        errorRate: null,
        p50Us: null,
        p95Us: null,
        p99Us: null,
      };
      rows.set(key, row);
    }
    return row;
  };
  measures.calls.forEach(value => {
    rowOf(value).callsPerSecond = value.value;
  });
  measures.errors.forEach(value => {
    rowOf(value).errorRate = value.value;
  });
  const fields = { 0.5: 'p50Us', 0.95: 'p95Us', 0.99: 'p99Us' } as const;
  for (const { quantile, values } of measures.quantilesUs) {
    values.forEach(value => {
      rowOf(value)[fields[quantile]] = value.value;
    });
  }
  return [...rows.values()].sort(
    (a, b) => (b.callsPerSecond ?? 0) - (a.callsPerSecond ?? 0),
  );
}
