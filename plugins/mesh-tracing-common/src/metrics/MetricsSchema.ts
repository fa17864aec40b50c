import type { MeasuredSubject, MetricsNaming } from './MetricsNaming';
import { equals, oneOf } from './promQl';

/** Where the figures of some requests are: metrics, labels and matchers. @public */
export interface MetricsSchema {
  /** Counts requests. */
  counter: string;
  /** Histogram of durations, without `_bucket`: the name of a native one. */
  histogram: string;
  /** Microseconds of one unit of the histogram. */
  unitUs: number;
  /** Labels that make up `service` of a row, joined by a dot. */
  serviceLabels: string[];
  /** Absent where the metrics do not tell operations apart. */
  operationLabel?: string;
  /** Matchers of the asked requests: those that fit all of one set. */
  sets: string[][];
  /** Matchers of failed requests: those that fit one of them. */
  failures: string[];
  /** Label of the first of {@link MetricsSchema.failures}, without which none is seen. */
  failureLabel: string;
}

/**
 * gRPC says 200 whatever comes of a call: its own status tells. Codes with which a
 * server turns a request down are no failures of it, as in traces.
 * Source: OpenTelemetry, semantic conventions of gRPC.
 */
const FAILED_GRPC = 'grpc_response_status=~"1|2|4|8|10|12|13|14|15"';

/** Matchers of the series of this site. @public */
export function siteMatchers({ selector = {} }: MetricsNaming): string[] {
  return Object.entries(selector).map(([label, value]) => equals(label, value));
}

/**
 * Istio's standard metrics as the called side reports them, so that no request
 * counts twice. A failure is a response of 500 and above, or one of gRPC that the
 * server is to blame for. One set of matchers for each namespace.
 * Source: Istio, "Istio Standard Metrics".
 */
function istioSchema(
  query: MeasuredSubject,
  config: MetricsNaming,
): MetricsSchema {
  const byNamespace = new Map<string, string[]>();
  for (const { namespace, name } of query.workloads ?? []) {
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), name]);
  }
  const {
    workload = 'destination_workload',
    namespace: namespaceLabel = 'destination_workload_namespace',
    reporter = 'reporter',
    responseCode = 'response_code',
    operation,
  } = config.labels ?? {};
  return {
    counter: config.counter ?? 'istio_requests_total',
    histogram: config.histogram ?? 'istio_request_duration_milliseconds',
    unitUs: unitUsOf(config),
    serviceLabels: [workload, namespaceLabel],
    ...(operation ? { operationLabel: operation } : {}),
    sets: [...byNamespace].map(([namespace, names]) => [
      oneOf(reporter, ['destination', 'waypoint']),
      oneOf(workload, names),
      equals(namespaceLabel, namespace),
      ...siteMatchers(config),
    ]),
    failures: [`${responseCode}=~"5.."`, FAILED_GRPC],
    failureLabel: responseCode,
  };
}

/**
 * What the collector's span metrics connector makes of the spans of servers.
 * Source: OpenTelemetry Collector, spanmetrics connector.
 */
function spanMetricsSchema(
  query: MeasuredSubject,
  config: MetricsNaming,
): MetricsSchema {
  const { prefix = 'traces_span_metrics', latencyUnit = 'ms' } = config;
  const unit = latencyUnit === 's' ? 'seconds' : 'milliseconds';
  const {
    service = 'service_name',
    operation = 'span_name',
    spanKind = 'span_kind',
    status = 'status_code',
  } = config.labels ?? {};
  return {
    counter: config.counter ?? `${prefix}_calls_total`,
    histogram: config.histogram ?? `${prefix}_duration_${unit}`,
    unitUs: unitUsOf(config),
    serviceLabels: [service],
    operationLabel: operation,
    sets:
      query.services.length === 0
        ? []
        : [
            [
              equals(spanKind, 'SPAN_KIND_SERVER'),
              oneOf(service, query.services),
              ...siteMatchers(config),
            ],
          ],
    failures: [equals(status, 'STATUS_CODE_ERROR')],
    failureLabel: status,
  };
}

function unitUsOf({ latencyUnit }: MetricsNaming): number {
  return latencyUnit === 's' ? 1_000_000 : 1000;
}

/** Where to look; without a set of matchers nothing is known to ask for. @public */
export function metricsSchema(
  query: MeasuredSubject,
  config: MetricsNaming,
): MetricsSchema {
  return config.metrics === 'istio'
    ? istioSchema(query, config)
    : spanMetricsSchema(query, config);
}
