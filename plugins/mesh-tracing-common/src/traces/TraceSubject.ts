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
  workloads: Array<{
    /** Value of `istio.cluster_id`; absent = any. */
    clusterId?: string;
    namespace: string;
    /** Owner name, such as `reviews-v2`. */
    name: string;
    /** Label `service.istio.io/canonical-name`, else `app`. */
    canonicalName?: string;
    /** Label `service.istio.io/canonical-revision`, else `version`. */
    canonicalRevision?: string;
    /** Exact pod names, when known. */
    pods?: string[];
  }>;
}
