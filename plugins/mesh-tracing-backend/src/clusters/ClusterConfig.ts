/** How a cluster's API server is reached. */
export type ClusterConnectionConfig =
  | {
      type: 'kubeconfig';
      path: string;
      context?: string;
      /** Allows http to another machine, which shows the credentials to the network. */
      allowPlainText?: boolean;
    }
  | {
      type: 'inCluster';
      /** Allows http to another machine, which shows the token to the network. */
      allowPlainText?: boolean;
    }
  | {
      type: 'serviceAccount';
      url: string;
      /** Exactly one of `token` and `tokenFile` is present. */
      token?: string;
      tokenFile?: string;
      caData?: string;
      caFile?: string;
      /** Allows http to another machine, which shows the token to the network. */
      allowPlainText?: boolean;
    };

/** How istiod's debug interface is reached. */
export interface IstiodConfig {
  /**
   * One URL for each replica of istiod, or one for all of them. A replica knows only
   * the proxies that are connected to it; what others know is then unknown.
   */
  debugUrls: string[];
  /** At most one of `token` and `tokenFile` is present. */
  token?: string;
  tokenFile?: string;
  caFile?: string;
  /** Allows http with a token to another machine. */
  allowPlainText?: boolean;
}

/** One valid entry of `meshTracing.clusters`. */
export interface ClusterConfig {
  name: string;
  connection: ClusterConnectionConfig;
  traceStore?: string;
  rootNamespace?: string;
  istioNamespace: string;
  revision?: string;
  istiod?: IstiodConfig;
  /** Only pods with these labels are watched; all when absent. */
  podSelector?: string;
  /** Time limit of one request, in milliseconds. */
  timeoutMs: number;
}
