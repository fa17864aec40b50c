/**
 * Labels by which objects of a cluster say how ambient traffic goes (Istio: api/label).
 * @public
 */
export const AMBIENT_LABELS = {
  /** Of a Namespace or Pod: `ambient`, `none`. */
  dataplaneMode: 'istio.io/dataplane-mode',
  /** Of a Namespace, Service, ServiceEntry or Pod: name of a Gateway, or `none`. */
  useWaypoint: 'istio.io/use-waypoint',
  /** Beside it: namespace of that Gateway; absent = the object's own. */
  useWaypointNamespace: 'istio.io/use-waypoint-namespace',
  /** Of a Gateway or GatewayClass: `service`, `workload`, `all`, `none`. */
  waypointFor: 'istio.io/waypoint-for',
  /** Of a Namespace or Service: whether ingress gateways send to the waypoint, too. */
  ingressUseWaypoint: 'istio.io/ingress-use-waypoint',
  /** Of a Service that istiod made for a Gateway. */
  gatewayManaged: 'gateway.istio.io/managed',
} as const;

/** Annotation in which Istio's CNI agent notes whether a pod is captured. */
export const REDIRECTION_ANNOTATION = 'ambient.istio.io/redirection';

const KEPT = new Set<string>(Object.values(AMBIENT_LABELS));
/** What Go's `strconv.ParseBool` takes for true. */
const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);

/** Of an object's labels those that say how ambient traffic goes. */
export function ambientLabelsOf(
  labels: Record<string, string> = {},
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).filter(([key]) => KEPT.has(key)),
  );
}

/** The waypoint that an object names; undefined where it names none. */
export type WaypointWish =
  | { isNone: true }
  | { isNone: false; namespace: string; name: string; value: string };

/**
 * What the labels of an object say about its waypoint (Istio: GetUseWaypoint).
 *
 * @param namespace - where the waypoint is unless a label says else
 */
export function waypointWish(
  labels: Readonly<Record<string, string>>,
  namespace: string,
): WaypointWish | undefined {
  const value = labels[AMBIENT_LABELS.useWaypoint];
  if (value === undefined) {
    return undefined;
  }
  return value === 'none'
    ? { isNone: true }
    : {
        isNone: false,
        namespace: labels[AMBIENT_LABELS.useWaypointNamespace] ?? namespace,
        name: value,
        value,
      };
}

/**
 * Whether ingress gateways send requests for a service to its waypoint: the
 * service's label, else its namespace's (Istio: ingressUseWaypointFromLabels).
 */
export function ingressUsesWaypoint(
  service: Readonly<Record<string, string>>,
  namespace: Readonly<Record<string, string>>,
): boolean {
  const key = AMBIENT_LABELS.ingressUseWaypoint;
  return TRUE.has(service[key] ?? namespace[key] ?? '');
}
