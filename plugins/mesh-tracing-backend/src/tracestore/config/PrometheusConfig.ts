import type { StoreAuth } from './StoreAuth';

/** Names of labels, where they are not the usual ones. */
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
}

/** How a Prometheus is reached, and which of its series are meant. */
export interface PrometheusConnectionConfig {
  /** Base URL of the query API; may hold a base path. */
  url: string;
  auth?: StoreAuth;
  /** Sent with each request. */
  headers?: Record<string, string>;
  /** Allows credentials over http to another machine. */
  allowPlainText?: boolean;
  tls?: { ca?: string; insecureSkipVerify?: boolean };
  /** Labels and values that all series must have, such as a cluster's. */
  selector?: Record<string, string>;
  /** Time limit of one request, retries included; 10 seconds when absent. */
  timeoutMs?: number;
}

/** Where figures of all requests come from, beside the traces of a store. */
export interface PrometheusConfig extends PrometheusConnectionConfig {
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
  /** Unit of the histogram; `ms` when absent. */
  latencyUnit?: 'ms' | 's';
}
