import type { MetricsNaming } from 'backstage-plugin-mesh-tracing-common';
import type { StoreAuth } from './StoreAuth';

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
export interface PrometheusConfig
  extends PrometheusConnectionConfig,
    MetricsNaming {}
