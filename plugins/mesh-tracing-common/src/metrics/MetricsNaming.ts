/** Names of labels, where they are not the usual ones. @public */
export interface MetricsLabels {
  /** `istio`: `destination_workload` when absent. */
  workload?: string;
  /** `istio`: `destination_workload_namespace` when absent. */
  namespace?: string;
  /** `istio`: `reporter` when absent. */
  reporter?: string;
  /** `istio`: `response_code` when absent. */
  responseCode?: string;
  /**
   * `istio`: none when absent, since Istio's metrics have none unless a Telemetry
   * adds it; `spanmetrics`: `span_name` when absent.
   */
  operation?: string;
  /** `spanmetrics`: `service_name` when absent. */
  service?: string;
  /** `spanmetrics`: `span_kind` when absent. */
  spanKind?: string;
  /** `spanmetrics`: `status_code` when absent. */
  status?: string;
  /** Namespace of the pod in Envoy's own statistics; `namespace` when absent. */
  proxyNamespace?: string;
  /** Name of the pod in Envoy's own statistics; `pod` when absent. */
  proxyPod?: string;
}

/** How the metrics of a site are named, as its configuration says. @public */
export interface MetricsNaming {
  /**
   * `istio`: request metrics of proxies, by workload; `spanmetrics`: those that
   * OpenTelemetry's collector makes of spans, by trace service name.
   */
  metrics: 'istio' | 'spanmetrics';
  /** Prefix of span metrics; `traces_span_metrics` when absent. */
  prefix?: string;
  /** Metric that counts requests, where it has another name than usual. */
  counter?: string;
  /** Histogram of durations, without `_bucket`, where it has another name than usual. */
  histogram?: string;
  labels?: MetricsLabels;
  /** Labels and values that all series must have, such as a cluster's. */
  selector?: Record<string, string>;
  /** Unit of the histogram; `ms` when absent. */
  latencyUnit?: 'ms' | 's';
}

/** Whose requests metrics are asked about, in the words of both kinds. @public */
export interface MeasuredSubject {
  /** Trace service names. */
  services: string[];
  /** The same in the words of the mesh. */
  workloads?: Array<{ namespace: string; name: string }>;
}
