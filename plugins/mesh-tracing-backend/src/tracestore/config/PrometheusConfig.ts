import type { MetricsNaming } from 'backstage-plugin-mesh-tracing-common';
import type { StoreAuth } from './StoreAuth';

/** Where figures of all requests come from, beside the traces of a store. */
export interface PrometheusConfig extends MetricsNaming {
  /** Base URL of the query API; may hold a base path. */
  url: string;
  auth?: StoreAuth;
  /** Sent with each request. */
  headers?: Record<string, string>;
  /** Allows credentials over http to another machine. */
  allowPlainText?: boolean;
  tls?: { ca?: string; insecureSkipVerify?: boolean };
  /** Time limit of one request, retries included; 10 seconds when absent. */
  timeoutMs?: number;
}
