import type { RequestMetricsRow } from 'backstage-plugin-mesh-tracing-common';
import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import type { StoreConnection } from '../connection/StoreConnection';
import { saysThatThereIsNone } from '../problems/saysThatThereIsNone';
import {
  metricsPath,
  readMetricFamily,
  type Measure,
  type MetricsQuery,
} from './jaegerMetrics';
import { failedShares, joinMeasures, QUANTILES } from './RequestMeasures';

/** Who asks, and in which unit the store's latencies are. */
export interface JaegerMetricsOptions extends TraceReadOptions {
  /** Microseconds of one unit. */
  latencyUnitUs: number;
}

/**
 * Rates, errors and latency of all requests from Jaeger's metrics API; undefined
 * when the store has no metrics, or does not know the API.
 */
export async function fetchRequestMetrics(
  connection: StoreConnection,
  query: MetricsQuery,
  { latencyUnitUs, ...options }: JaegerMetricsOptions,
): Promise<RequestMetricsRow[] | undefined> {
  if (query.services.length === 0) {
    return [];
  }
  const fetchMeasure = async (measure: Measure) => {
    const json = await connection.getJson(metricsPath(measure, query), options);
    return json === undefined
      ? undefined
      : readMetricFamily(json, query.services);
  };
  try {
    const calls = await fetchMeasure({ name: 'calls' });
    if (!calls) {
      return undefined;
    }
    const [errors, ...latencies] = await Promise.all([
      fetchMeasure({ name: 'errors' }),
      ...QUANTILES.map(quantile =>
        fetchMeasure({ name: 'latencies', quantile }),
      ),
    ]);
    return joinMeasures({
      calls,
      errors: errors ? failedShares(calls, errors, share => share) : [],
      quantilesUs: QUANTILES.map((quantile, i) => ({
        quantile,
        values: (latencies[i] ?? []).map(item => ({
          ...item,
          value: item.value * latencyUnitUs,
        })),
      })),
    });
  } catch (error) {
    if (saysThatThereIsNone(error)) {
      return undefined;
    }
    throw error;
  }
}
