/** How a cluster's API server is reached. */
export type ClusterConnectionConfig =
  | { type: 'kubeconfig'; path: string; context?: string }
  | { type: 'inCluster' }
  | {
      type: 'serviceAccount';
      url: string;
      /** Exactly one of `token` and `tokenFile` is present. */
      token?: string;
      tokenFile?: string;
      caData?: string;
      caFile?: string;
    };

/** One valid entry of `meshTracing.clusters`. */
export interface ClusterConfig {
  name: string;
  connection: ClusterConnectionConfig;
  traceStore?: string;
  rootNamespace?: string;
  istioNamespace: string;
  revision?: string;
  /** Time limit of one request. */
  timeoutMs: number;
}
