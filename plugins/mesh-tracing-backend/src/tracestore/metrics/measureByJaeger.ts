import type {
  MeasuredRequests,
  RequestFigures,
  RequestMetricsRow,
  RequestPart,
  RequestPoint,
  RequestSource,
} from 'backstage-plugin-mesh-tracing-common';
import type { StoreConnection } from '../connection/StoreConnection';
import {
  fetchRequestMetrics,
  type JaegerMetricsOptions,
} from './fetchRequestMetrics';
import {
  metricsPath,
  readMetricSeries,
  type Measure,
  type MetricsQuery,
  type MetricsSeries,
} from './jaegerMetrics';
import { lacksDurations, QUANTILES, sumOfRates } from './RequestMeasures';
import { seriesSteps, type SeriesSteps } from './seriesSteps';

/** Jaeger's figures are made of spans, by the collector or by its storage. */
export const JAEGER_SOURCE: RequestSource = {
  kind: 'jaeger',
  counts: 'traced-requests',
};

/**
 * The collector adds to its counters once a minute unless told otherwise, and a rate
 * needs several of these.
 */
const LEAST_RATE_PER_MS = 5 * 60_000;
const MOST_OPERATIONS = 100;

/**
 * The window as a whole, over time, by service and by operation, from Jaeger's
 * metrics API; undefined when the store has no metrics, or does not know the API.
 * Jaeger can't tell quantiles of several services together: these are null then.
 */
export async function measureByJaeger(
  connection: StoreConnection,
  query: MetricsQuery,
  options: JaegerMetricsOptions,
): Promise<MeasuredRequests | undefined> {
  const steps = seriesSteps(query);
  const services = await fetchRequestMetrics(connection, query, options);
  if (!services) {
    return undefined;
  }
  const overall = wholeOf(services);
  const [operations, points] = await Promise.allSettled(
    overall
      ? [
          fetchRequestMetrics(
            connection,
            { ...query, byOperation: true },
            options,
          ),
          readSeries(connection, { query, steps, options }),
        ]
      : [],
  );
  options.signal?.throwIfAborted();
  const missing: RequestPart[] = [];
  if (points?.status === 'rejected') {
    missing.push('series');
  }
  if (operations?.status === 'rejected') {
    missing.push('operations');
  }
  if (lacksDurations(services)) {
    missing.push('durations');
  }
  return {
    source: JAEGER_SOURCE,
    overall,
    services,
    operations:
      (operations?.status === 'fulfilled' ? operations.value : [])
        ?.filter(({ operation }) => operation !== undefined)
        .slice(0, MOST_OPERATIONS) ?? [],
    knowsOperations: true,
    series: {
      stepMs: steps.stepMs,
      points: points?.status === 'fulfilled' ? points.value : [],
    },
    missing,
  };
}

function wholeOf(services: RequestMetricsRow[]): RequestFigures | null {
  const [first, ...others] = services;
  if (!first) {
    return null;
  }
  const { p50Us, p95Us, p99Us } = first;
  return others.length > 0
    ? { ...sumOfRates(services), p50Us: null, p95Us: null, p99Us: null }
    : { ...sumOfRates(services), p50Us, p95Us, p99Us };
}

async function readSeries(
  connection: StoreConnection,
  of: {
    query: MetricsQuery;
    steps: SeriesSteps;
    options: JaegerMetricsOptions;
  },
): Promise<RequestPoint[]> {
  const { query, steps } = of;
  const { latencyUnitUs, ...options } = of.options;
  const ratePerMs = Math.max(LEAST_RATE_PER_MS, steps.stepMs);
  const fetchMeasure = async (measure: Measure) => {
    const path = metricsPath(measure, query, {
      stepMs: steps.stepMs,
      ratePerMs,
    });
    return readMetricSeries(
      await connection.getJson(path, options),
      query.services,
    );
  };
  const [calls = [], errors = [], ...quantiles] = await Promise.all([
    fetchMeasure({ name: 'calls' }),
    fetchMeasure({ name: 'errors' }),
    ...QUANTILES.map(quantile => fetchMeasure({ name: 'latencies', quantile })),
  ]);
  return steps.endsMs.map(endMs => {
    const rows = calls.flatMap((series): RequestMetricsRow[] => {
      const rate = valueNear(series, endMs, steps.stepMs);
      const failing = errors.find(({ service }) => service === series.service);
      return rate === null
        ? []
        : [
            {
              service: series.service,
              callsPerSecond: rate,
              // Who has requests and no series of errors had none.
              errorRate:
                (failing && valueNear(failing, endMs, steps.stepMs)) ?? 0,
              p50Us: null,
              p95Us: null,
              p99Us: null,
            },
          ];
    });
    const [p50Us = null, p95Us = null, p99Us = null] = quantiles.map(list => {
      const [only, ...others] = list;
      const value =
        only && others.length === 0
          ? valueNear(only, endMs, steps.stepMs)
          : null;
      return value === null ? null : value * latencyUnitUs;
    });
    const rates =
      rows.length > 0
        ? sumOfRates(rows)
        : { callsPerSecond: null, errorRate: null };
    return { startMs: endMs - steps.stepMs, ...rates, p50Us, p95Us, p99Us };
  });
}

/** The value of a stretch. Jaeger's moments may lie a little off those asked for. */
function valueNear(
  { values }: MetricsSeries,
  endMs: number,
  stepMs: number,
): number | null {
  const exact = values.get(endMs);
  if (exact !== undefined) {
    return exact;
  }
  for (const [at, value] of values) {
    if (Math.abs(at - endMs) * 2 < stepMs) {
      return value;
    }
  }
  return null;
}
