/** Names of the lab's processes. @public */
export type LabComponentName =
  | 'etcd'
  | 'kube-apiserver'
  | 'istiod'
  | `istiod-${string}`
  | 'jaeger'
  | 'jaeger-query'
  | `jaeger-collector-${number}`
  | `opensearch-${number}`
  | 'prometheus'
  | 'bookinfo'
  | 'traffic'
  | `envoy-${string}`;

/** One process of the lab: how it runs and when it can be used. */
export interface ComponentSpec {
  name: LabComponentName;
  command: string;
  args: string[];
  /** The whole environment: nothing of the starter's leaks into it. */
  env: Record<string, string>;
  /** Where people and tests reach it. */
  address: string;
  /** True once it can be started; always, when absent. */
  needs?: () => Promise<boolean>;
  /** True once it does its work; may reject while it starts. */
  ready: () => Promise<boolean>;
}
