import type { GatewayFacts } from './GatewayFacts';
import type { ServiceFacts } from './ServiceFacts';

/** What decides which waypoint serves what in a cluster. @public */
export interface WaypointSources {
  /** Labels of the namespaces, by name. */
  namespaces: ReadonlyMap<string, Record<string, string>>;
  services: Iterable<ServiceFacts>;
  /** Absent = they can't be read: a waypoint whose pods run is taken to be ready. */
  gateways?: Iterable<GatewayFacts>;
  /** `istio.io/waypoint-for` of the GatewayClasses that have it, by name. */
  waypointFor: ReadonlyMap<string, string>;
  /** The cluster's domain, such as `cluster.local`. */
  domain: string;
}
