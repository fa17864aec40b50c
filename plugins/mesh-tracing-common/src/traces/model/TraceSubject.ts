/**
 * The workloads whose spans are looked for in a trace. A span belongs to the
 * subject if its Envoy identity (`node_id`, or `istio.canonical_service` with
 * `istio.namespace` and `istio.cluster_id`) is exactly one of the workloads',
 * or, for spans without such identity, if its service is one of `services`.
 * @public
 */
export interface TraceSubject {
  /** Trace service names, exact. */
  services: string[];
  /**
   * Names of waypoints, under which there are spans about others, too: such a span
   * is the subject's only where it tells whom it served.
   */
  sharedServices?: string[];
  /**
   * True when workloads of other clusters go by the same names: then spans alone
   * tell whose they are.
   */
  namesShared?: boolean;
  workloads: Array<{
    /** Value of `istio.cluster_id`; absent = any. */
    clusterId?: string;
    namespace: string;
    /** Owner name, such as `reviews-v2`. */
    name: string;
    /** Canonical service, see `canonicalServiceOf`. */
    canonicalName?: string;
    /** Canonical revision; absent = any. */
    canonicalRevision?: string;
    /** Exact pod names, when known. */
    pods?: string[];
    /**
     * Other workloads of the same canonical service and revision, which the
     * pods' names alone tell from this one.
     */
    siblings?: Array<{ name: string; pods: string[] }>;
  }>;
}
