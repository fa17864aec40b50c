/** What is known of the name of a metric. */
export type MetricStanding =
  /** Istio, Envoy, Jaeger or the collector has it. */
  | 'known'
  /** Its prefix is one of theirs, and they don't have it. */
  | 'unknown'
  /** Jaeger 1 has it or had it. */
  | 'jaeger-one'
  /** Of somebody else. */
  | 'foreign';

/** Suffixes of a histogram. */
const HISTOGRAM = ['', '_bucket', '_sum', '_count'];

/** Istio's standard metrics (sidecars, gateways, waypoints, ztunnel). */
const ISTIO = new Set([
  'istio_requests_total',
  'istio_request_messages_total',
  'istio_response_messages_total',
  'istio_tcp_sent_bytes_total',
  'istio_tcp_received_bytes_total',
  'istio_tcp_connections_opened_total',
  'istio_tcp_connections_closed_total',
  'istio_tcp_connections_failed_total',
  'istio_build',
  'istio_dns_requests_total',
  'istio_dns_upstream_requests_total',
  'istio_dns_upstream_failures_total',
  'istio_active_proxy_count',
  'istio_pending_proxy_count',
  ...[
    'istio_request_duration_milliseconds',
    'istio_request_bytes',
    'istio_response_bytes',
    'istio_dns_upstream_request_duration_seconds',
  ].flatMap(name => HISTOGRAM.map(suffix => `${name}${suffix}`)),
]);

const KNOWN_PREFIXES = [
  'istio_agent_',
  'istio_cni_',
  'istio_xds_',
  'istio_on_demand_',
  'envoy_tracing_opentelemetry_',
  'envoy_tracing_zipkin_',
  'envoy_tracing_datadog_',
  'envoy_tracing_skywalking_',
  'otelcol_receiver_',
  'otelcol_exporter_',
  'otelcol_processor_',
  'otelcol_process_',
  'otelcol_connector_',
  'otelcol_scraper_',
  'otelcol_loadbalancer_',
  'otelcol_otelsvc_',
  'jaeger_storage_',
];

const JAEGER_ONE_PREFIXES = [
  'jaeger_collector_',
  'jaeger_query_',
  'jaeger_agent_',
  'jaeger_ingester_',
  'jaeger_badger_',
  'jaeger_cassandra_',
  'jaeger_index_',
  'jaeger_tracer_',
  'jaeger_rpc_',
];

/** Whose names are judged. Envoy has too many metrics to list those not about tracing. */
const JUDGED_PREFIXES = ['istio_', 'jaeger_', 'otelcol_', 'envoy_tracing_'];

/** What to use instead, by the begin of the name. */
const INSTEAD: ReadonlyArray<readonly [prefix: string, instead: string]> = [
  [
    'jaeger_span_duration',
    'istio_request_duration_milliseconds_bucket, or traces_span_metrics_duration_milliseconds_bucket of the spanmetrics connector',
  ],
  [
    'jaeger_spans_drop',
    'otelcol_receiver_refused_spans and otelcol_exporter_send_failed_spans',
  ],
  [
    'jaeger_span',
    'istio_requests_total with its label response_code, or traces_span_metrics_calls_total of the spanmetrics connector',
  ],
  ['jaeger_', 'otelcol_receiver_accepted_spans and its siblings'],
  ['istio_request_duration_seconds', 'istio_request_duration_milliseconds'],
  ['istio_request_duration', 'istio_request_duration_milliseconds_bucket'],
  ['istio_request', 'istio_requests_total'],
  ['istio_tcp', 'istio_tcp_connections_opened_total'],
  ['istio_', 'istio_requests_total'],
  ['otelcol_', 'otelcol_receiver_accepted_spans and its siblings'],
  [
    'envoy_tracing_',
    'envoy_tracing_opentelemetry_spans_sent or envoy_tracing_zipkin_spans_sent',
  ],
];

/** What is known of a metric, by its name. */
export function metricStanding(name: string): MetricStanding {
  const begins = (prefixes: readonly string[]) =>
    prefixes.some(prefix => name.startsWith(prefix));
  if (begins(JAEGER_ONE_PREFIXES)) return 'jaeger-one';
  if (ISTIO.has(name) || begins(KNOWN_PREFIXES)) return 'known';
  return begins(JUDGED_PREFIXES) ? 'unknown' : 'foreign';
}

/** What to use instead of an unknown metric. */
export function metricInstead(name: string): string | undefined {
  return INSTEAD.find(([prefix]) => name.startsWith(prefix))?.[1];
}

/** Labels that metrics of Istio don't have, and those that are meant. */
const LABELS: Readonly<Record<string, string>> = {
  status: 'response_code',
  status_code: 'response_code',
  code: 'response_code',
  http_status: 'response_code',
  http_code: 'response_code',
  response_status: 'response_code',
  source_service: 'source_workload or source_canonical_service',
};

/** The label that is meant by one that a metric of Istio lacks. */
export function labelInstead(
  metric: string,
  label: string,
): string | undefined {
  return metric.startsWith('istio_request') && Object.hasOwn(LABELS, label)
    ? LABELS[label]
    : undefined;
}
