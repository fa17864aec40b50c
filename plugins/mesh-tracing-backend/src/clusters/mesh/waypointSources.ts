import {
  AMBIENT_LABELS,
  type GatewayFacts,
  type WaypointSources,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { WatchStatus } from '../watch/WatchedResource';
import type { GatewayClassFacts } from './gatewayResources';
import type { NamespaceFacts, ServiceAddresses } from './meshResources';

/** A watch, as far as its content matters here. */
interface Watched<T> {
  items(): Iterable<T>;
  readonly isRead: boolean;
  status(): WatchStatus;
}

/** The watches that say how requests in the ambient mesh go. */
interface RouteWatches {
  namespaces: Watched<NamespaceFacts>;
  services: Watched<ServiceAddresses>;
  serviceEntries: Watched<ServiceAddresses>;
  gateways: Watched<GatewayFacts>;
  gatewayClasses: Watched<GatewayClassFacts>;
}

/**
 * What decides which waypoint serves what. A cluster without the Gateway API has no
 * waypoints; Gateways that may not be read are unknown.
 */
export function waypointSources(
  watches: RouteWatches,
  domain: string,
): WaypointSources {
  const { namespaces, services, serviceEntries } = watches;
  const { gateways, gatewayClasses } = watches;
  const isKnown =
    gateways.isRead || gateways.status().error?.statusCode === 404;
  return {
    namespaces: new Map(
      [...namespaces.items()].map(({ name, labels }) => [name, labels]),
    ),
    services: [...services.items(), ...serviceEntries.items()].map(
      ({ facts }) => facts,
    ),
    ...(isKnown ? { gateways: gateways.items() } : {}),
    waypointFor: new Map(
      [...gatewayClasses.items()].map(({ name, waypointFor }) => [
        name,
        waypointFor,
      ]),
    ),
    domain,
  };
}

/** Namespaces whose pods ztunnel captures unless they say else. */
export function ambientNamespaces(
  namespaces: Iterable<NamespaceFacts>,
): ReadonlySet<string> {
  return new Set(
    [...namespaces]
      .filter(({ labels }) => isAmbient(labels))
      .map(({ name }) => name),
  );
}

/** Whether anything in the cluster asks for the ambient mesh, or for a waypoint. */
export function usesAmbient(
  { namespaces, services }: RouteWatches,
  workloads: readonly Workload[],
): boolean {
  const labels = [
    ...[...namespaces.items()].map(namespace => namespace.labels),
    ...[...services.items()].map(({ facts }) => facts.labels),
  ];
  return (
    labels.some(
      own => isAmbient(own) || own[AMBIENT_LABELS.useWaypoint] !== undefined,
    ) || workloads.some(({ ambient }) => ambient)
  );
}

function isAmbient(labels: Record<string, string>): boolean {
  return labels[AMBIENT_LABELS.dataplaneMode] === 'ambient';
}
