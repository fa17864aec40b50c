import type { PrometheusConnectionConfig } from '../../tracestore';

/** Where the statistics of one cluster's proxies and collectors are. */
export interface MeshMetricsConfig extends PrometheusConnectionConfig {
  /** Name of the cluster. */
  cluster: string;
  labels?: {
    /** `namespace` when absent. */
    namespace?: string;
    /** `pod` when absent. */
    pod?: string;
    /** Name of the workload, in place of the pods' where it is set. */
    workload?: string;
  };
}
