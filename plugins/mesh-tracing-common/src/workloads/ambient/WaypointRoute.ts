/** What requests are addressed to: a service, or the pods of a workload directly. @public */
export interface RequestTarget {
  kind: 'Service' | 'ServiceEntry' | 'Workload';
  namespace: string;
  name: string;
}

/**
 * What stands between a client in the ambient mesh and the pods, and if no
 * waypoint does, why: `no-waypoint`, nothing names one; `opted-out`, a label says
 * `none`; `waypoint-missing`, no such Gateway; `waypoint-not-ready`, it has no
 * address yet; `attachment-denied`, it does not take objects of this namespace;
 * `other-traffic`, it is not for requests that are addressed so
 * (`istio.io/waypoint-for`).
 * @public
 */
export type WaypointRouteState =
  | 'waypoint'
  | 'no-waypoint'
  | 'opted-out'
  | 'waypoint-missing'
  | 'waypoint-not-ready'
  | 'attachment-denied'
  | 'other-traffic';

/** The label `istio.io/use-waypoint` that decides, and where it stands. @public */
export interface WaypointLabel {
  kind: 'Namespace' | 'Service' | 'ServiceEntry' | 'Pod';
  /** Of the object; for pods of their workload. */
  name: string;
  value: string;
}

/** The way of requests to a workload that has no proxy of its own. @public */
export interface WaypointRoute {
  to: RequestTarget;
  /** Host of the service; absent for requests to the pods directly. */
  hostname?: string;
  state: WaypointRouteState;
  /** The Gateway that is named. */
  waypoint?: { namespace: string; name: string };
  /** Absent where nothing names a waypoint. */
  label?: WaypointLabel;
  /** Whether requests from ingress gateways take the waypoint, too. */
  fromIngress: boolean;
}
