/** The egress of a Sidecar resource, which bounds the clusters that a proxy gets. @public */
export interface SidecarEgress {
  namespace: string;
  name: string;
  /** RFC 3339; of several for one workload the oldest counts. */
  creationTimestamp?: string;
  /** Absent or empty = every sidecar of the namespace. */
  matchLabels?: Record<string, string>;
  /** `namespace/dnsName` of all listeners; absent = no egress section, all is reached. */
  hosts?: string[];
}

/** What an EnvoyFilter meddles with. @public */
export type EnvoyFilterTouch =
  /** The tracing section of the connection manager, or a tracer. */
  | 'tracing'
  /** Headers that carry a trace, or the sampling decision. */
  | 'trace-headers'
  /** How request ids are made, from which Istio's sampling is computed. */
  | 'request-id';

/** An EnvoyFilter that concerns tracing; others are not kept. @public */
export interface TracingEnvoyFilter {
  namespace: string;
  name: string;
  /** Absent or empty = every proxy of the namespace, of the root namespace all. */
  matchLabels?: Record<string, string>;
  /** Names of the Gateways or Services that it targets; it has no selector then. */
  targetNames?: string[];
  touches: EnvoyFilterTouch[];
}
