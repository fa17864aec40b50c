/** Texts about figures of all requests, from metrics. */
export const requestMessages = {
  requests: {
    tracedTitle: 'Traced requests, from metrics',
    source: 'From {{source}} of trace store {{store}}, {{window}}.',
    istio: "Istio's metrics",
    spanMetrics: 'span metrics',
    jaeger: "Jaeger's metrics API",
    other: 'the metrics',
    everyRequest:
      'Every request, traced or not; what follows explains them by sampled traces alone.',
    tracedOnly:
      'These count spans: a request that was not sampled is in none of them, so that rates are too low wherever less than 100 % is sampled.',
    rate: 'Requests per second',
    rateOf: '{{rate}}/s',
    about_one: 'about {{total}} request',
    about_other: 'about {{total}} requests',
    noRequest: 'No request in this window',
    errorRate: 'Error rate',
    failed_one: 'about {{total}} failed request',
    failed_other: 'about {{total}} failed requests',
    p50: 'Median',
    p95: '95th percentile',
    p99: '99th percentile',
    durations: 'Durations',
    chartOfRate: 'Requests per second over time',
    chartOfErrors: 'Error rate over time',
    chartOfDurations: 'Durations over time',
    chartSummary:
      '{{name}}: lowest {{lowest}}, highest {{highest}}, latest {{latest}}.',
    chartEmpty: '{{name}}: no figures.',
    byOperation: 'All requests by operation',
    byService: 'All requests by workload',
    tracedByOperation: 'Traced requests by operation',
    tracedByService: 'Traced requests by service',
    operation: 'Operation',
    noOperations:
      "Istio's metrics do not tell operations apart here. Add a tag such as request_operation to them by a Telemetry, and name it in prometheus.labels.operation of the trace store.",
    noOperationsOther: 'The metrics do not tell operations apart.',
    missingSeries: 'The course over time could not be read.',
    missingOperations: 'The figures by operation could not be read.',
    missingDurations:
      'The metrics tell no durations: look whether the histogram is there, by its name and its unit.',
    missingDurationsJaeger:
      'The metrics tell no durations: look at normalize_duration and latency_unit of Jaeger’s metric backend.',
    empty: 'The metrics have no series of this entity in this window.',
    emptyIstio:
      'If it has traffic: look whether Prometheus scrapes its proxies, and at prometheus.labels and prometheus.selector of the trace store.',
    emptySpans:
      'If it has traffic: look whether the span metrics reach Prometheus, and at prometheus.prefix and prometheus.labels of the trace store.',
    emptyJaeger:
      'If it has traffic: Jaeger says nothing too where it asks for metrics by a name that nobody writes. Look at normalize_calls, normalize_duration and metric_namespace of its metric backend.',
    notConfigured:
      'Figures of all requests, traced or not, are shown here once metrics are configured for trace store {{store}}: see prometheus of meshTracing.traceStores, in docs/trace-stores.md of Mesh Tracing.',
    problem: 'The metrics could not be read: {{problem}}',
    problemRest: 'What follows is of sampled traces alone.',
    share: '{{configured}} configured, {{seen}} seen',
    shareUnknown: '{{seen}} seen; what is configured differs or is not known',
    shareTitle: 'Share that is traced',
    shareBounds:
      '{{low}} to {{high}} with 95 % confidence: {{traced}} of about {{total}} requests of {{window}}.',
    shareTooShort:
      'Not told: the traces that were read are of too short a time to be compared with metrics.',
    shareMetricsIncomplete:
      'Not told: more requests were traced than the metrics counted, which must lack a part of this time.',
    shareNoMetrics: 'Not told: the metrics have no series of this entity.',
    line: ': {{rate}}, {{errors}} fail, p95 {{p95}}.',
    lineAll: 'All requests',
    lineTraced: 'Traced requests',
  },
} as const;
