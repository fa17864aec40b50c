/** Counters that tell of spans which did not get through. */
export interface LossSource {
  /** Part of the alert's variant. */
  id: string;
  /** Who counts, at the begin of a sentence. */
  name: string;
  /** Counters of what was lost; their sum is taken. */
  lost: string[];
  /** Counters of everything, lost or not; their sum is taken. */
  handled: string[];
  /** What is counted. */
  counts: 'spans' | 'reports';
}

/**
 * Of collectors and stores, which all entities share. What a processor refuses is not
 * counted, since the receiver before it counts the same spans as refused.
 * Source: OpenTelemetry Collector, "Internal telemetry"; Jaeger's own metrics.
 */
export const SHARED_LOSS_SOURCES: readonly LossSource[] = [
  {
    id: 'collector',
    name: 'the collectors',
    lost: [
      'otelcol_receiver_refused_spans',
      'otelcol_exporter_enqueue_failed_spans',
      'otelcol_exporter_send_failed_spans',
    ],
    handled: [
      'otelcol_receiver_accepted_spans',
      'otelcol_receiver_refused_spans',
    ],
    counts: 'spans',
  },
  {
    id: 'jaeger-storage',
    name: "Jaeger's writer to its storage",
    lost: ['jaeger_storage_bulk_index_errors'],
    handled: ['jaeger_storage_bulk_index_attempts'],
    counts: 'spans',
  },
  {
    id: 'jaeger-collector',
    name: 'the collectors of Jaeger 1',
    lost: ['jaeger_collector_spans_dropped'],
    handled: ['jaeger_collector_spans_received'],
    counts: 'spans',
  },
];

/**
 * Of the entity's own proxies, where their statistics are scraped: Istio publishes
 * them only where `proxyStatsMatcher` includes them.
 * Source: Envoy, statistics of its tracers.
 */
export const PROXY_LOSS_SOURCES: readonly LossSource[] = [
  {
    id: 'proxy-otlp',
    name: 'the proxies',
    lost: ['envoy_tracing_opentelemetry_spans_dropped'],
    handled: [
      'envoy_tracing_opentelemetry_spans_sent',
      'envoy_tracing_opentelemetry_spans_dropped',
    ],
    counts: 'spans',
  },
  {
    id: 'proxy-zipkin',
    name: 'the proxies',
    lost: [
      'envoy_tracing_zipkin_reports_dropped',
      'envoy_tracing_zipkin_reports_failed',
      'envoy_tracing_zipkin_reports_skipped_no_cluster',
    ],
    handled: [
      'envoy_tracing_zipkin_reports_sent',
      'envoy_tracing_zipkin_reports_dropped',
      'envoy_tracing_zipkin_reports_failed',
      'envoy_tracing_zipkin_reports_skipped_no_cluster',
    ],
    counts: 'reports',
  },
];

/** Exporters of different ages write a counter with or without the suffix. */
export function spellingsOf(counter: string): string[] {
  return [`${counter}_total`, counter];
}

/** All names under which spans may be counted as lost or handled. */
export function lossMetricNames(sources: readonly LossSource[]): string[] {
  return [
    ...new Set(
      sources.flatMap(({ lost, handled }) =>
        [...lost, ...handled].flatMap(spellingsOf),
      ),
    ),
  ];
}
