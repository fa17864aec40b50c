import type { PrometheusConfig } from '../config/PrometheusConfig';
import { equals, oneOf } from './promQl';

/** Whose requests are asked for, and over which time. */
export interface RequestMetricsQuery {
  /** Trace service names. */
  services: string[];
  /** The same in the words of the mesh, where that is known. */
  workloads?: Array<{ namespace: string; name: string }>;
  /** Milliseconds since the epoch. */
  startTimeMs: number;
  endTimeMs: number;
  byOperation?: boolean;
}

/** The expressions that one set of series answers. */
export interface MetricQueries {
  calls: string;
  errors: string;
  quantile(quantile: number): string;
  /** Microseconds of one unit of the quantiles. */
  unitUs: number;
  /** Labels that make up `service` of a row, joined by a dot. */
  serviceLabels: string[];
  operationLabel?: string;
}

function rangeOf({ startTimeMs, endTimeMs }: RequestMetricsQuery): string {
  return `${Math.max(60, Math.round((endTimeMs - startTimeMs) / 1000))}s`;
}

function queriesOf(parts: {
  by: string[];
  counter: string;
  bucket: string;
  matchers: string[];
  errorMatcher: string;
  range: string;
}): Pick<MetricQueries, 'calls' | 'errors' | 'quantile'> {
  const { counter, bucket, matchers, errorMatcher, range } = parts;
  const by = parts.by.join(', ');
  const rate = (metric: string, all: string[]) =>
    `rate(${metric}{${all.join(',')}}[${range}])`;
  return {
    calls: `sum by (${by}) (${rate(counter, matchers)})`,
    errors: `sum by (${by}) (${rate(counter, [...matchers, errorMatcher])})`,
    quantile: quantile =>
      `histogram_quantile(${quantile}, sum by (le, ${by}) (${rate(
        bucket,
        matchers,
      )}))`,
  };
}

/**
 * Istio's standard metrics as the called side reports them, so that no request
 * counts twice. A failure is a response of 500 and above. One set of expressions
 * for each namespace.
 * Source: Istio, "Istio Standard Metrics".
 */
function istioQueries(query: RequestMetricsQuery): MetricQueries[] {
  const byNamespace = new Map<string, string[]>();
  for (const { namespace, name } of query.workloads ?? []) {
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), name]);
  }
  const by = ['destination_workload', 'destination_workload_namespace'];
  return [...byNamespace].map(([namespace, names]) => ({
    ...queriesOf({
      by,
      counter: 'istio_requests_total',
      bucket: 'istio_request_duration_milliseconds_bucket',
      matchers: [
        oneOf('reporter', ['destination', 'waypoint']),
        oneOf('destination_workload', names),
        equals('destination_workload_namespace', namespace),
      ],
      errorMatcher: 'response_code=~"5.."',
      range: rangeOf(query),
    }),
    unitUs: 1000,
    serviceLabels: by,
  }));
}

/**
 * What the collector's span metrics connector makes of the spans of servers.
 * Source: OpenTelemetry Collector, spanmetrics connector.
 */
function spanMetricsQueries(
  query: RequestMetricsQuery,
  { prefix = 'traces_span_metrics', latencyUnit = 'ms' }: PrometheusConfig,
): MetricQueries[] {
  if (query.services.length === 0) {
    return [];
  }
  const unit = latencyUnit === 's' ? 'seconds' : 'milliseconds';
  return [
    {
      ...queriesOf({
        by: ['service_name', ...(query.byOperation ? ['span_name'] : [])],
        counter: `${prefix}_calls_total`,
        bucket: `${prefix}_duration_${unit}_bucket`,
        matchers: [
          equals('span_kind', 'SPAN_KIND_SERVER'),
          oneOf('service_name', query.services),
        ],
        errorMatcher: equals('status_code', 'STATUS_CODE_ERROR'),
        range: rangeOf(query),
      }),
      unitUs: latencyUnit === 's' ? 1_000_000 : 1000,
      serviceLabels: ['service_name'],
      ...(query.byOperation ? { operationLabel: 'span_name' } : {}),
    },
  ];
}

/** The expressions to ask; none when nothing is known to ask for. */
export function metricQueries(
  query: RequestMetricsQuery,
  config: PrometheusConfig,
): MetricQueries[] {
  return config.metrics === 'istio'
    ? istioQueries(query)
    : spanMetricsQueries(query, config);
}
