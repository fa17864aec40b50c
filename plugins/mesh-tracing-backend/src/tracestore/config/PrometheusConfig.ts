import type { StoreAuth } from './StoreAuth';

/** Where figures of all requests come from, beside the traces of a store. */
export interface PrometheusConfig {
  /** Base URL of the query API; may hold a base path. */
  url: string;
  auth?: StoreAuth;
  /** Sent with each request. */
  headers?: Record<string, string>;
  /** Allows credentials over http to another machine. */
  allowPlainText?: boolean;
  tls?: { ca?: string; insecureSkipVerify?: boolean };
  /**
   * `istio`: request metrics of proxies, by workload; `spanmetrics`: those that
   * OpenTelemetry's collector makes of spans, by trace service name.
   */
  metrics: 'istio' | 'spanmetrics';
  /** Prefix of span metrics; `traces_span_metrics` when absent. */
  prefix?: string;
  /** Unit of the histogram of span metrics; `ms` when absent. */
  latencyUnit?: 'ms' | 's';
  /** Time limit of one request, retries included; 10 seconds when absent. */
  timeoutMs?: number;
}
