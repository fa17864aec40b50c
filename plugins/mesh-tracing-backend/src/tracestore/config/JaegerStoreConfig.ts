import type { PrometheusConfig } from './PrometheusConfig';
import type { StoreAuth } from './StoreAuth';

/** Which API a Jaeger speaks; found by probing unless configured. */
export type JaegerDialect = 'summaries' | 'v3' | 'legacy';

/** One Jaeger query service, or something that speaks its API. */
export interface JaegerStoreConfig {
  /** Unique name of the store. */
  name: string;
  /** Base URL of the query service; may hold a base path. */
  url: string;
  /** Base URL of the store's UI as browsers reach it. */
  externalUrl?: string;
  /** Appended to `url`. */
  basePath?: string;
  auth?: StoreAuth;
  tenant?: {
    /** `x-tenant` when absent. */
    header?: string;
    value: string;
  };
  /** Sent with each request. */
  headers?: Record<string, string>;
  /** Allows credentials over http to another machine. */
  allowPlainText?: boolean;
  tls?: {
    /** Certificate authority, PEM. */
    ca?: string;
    insecureSkipVerify?: boolean;
  };
  /** Time limit of one request, retries included; 10 seconds when absent. */
  timeoutMs?: number;
  /** Requests under way at once; 6 when absent. */
  concurrency?: number;
  /** Largest answer that is read, after decompression; 64 MiB when absent. */
  maxBodyBytes?: number;
  /** Spans of one trace that are shown at most; 100,000 when absent. */
  maxTraceSpans?: number;
  /** Unit of the store's latency metrics, which it does not say; `ms` when absent. */
  latencyUnit?: 'ms' | 's';
  /** Figures of all requests; those of Jaeger's metrics API when absent. */
  prometheus?: PrometheusConfig;
  /** `auto` (probe) when absent. */
  dialect?: 'auto' | JaegerDialect;
}

export const DEFAULT_TIMEOUT_MS = 10_000;
export const DEFAULT_CONCURRENCY = 6;
export const DEFAULT_MAX_BODY_BYTES = 64 * 1024 * 1024;
export const DEFAULT_MAX_TRACE_SPANS = 100_000;
