import type { TracingService } from 'backstage-plugin-mesh-tracing-common';
import { STATES_PER_ROUND } from './OracleRound';

/**
 * Namespaces with services, gateways and waypoints that chains are grown on:
 * a plot has two, and shares one root namespace with others.
 */
export interface Plot {
  /** Has a waypoint and a gateway. */
  near: string;
  /** Its services use the waypoint of `near`. */
  far: string;
  root: string;
}

/** Where the collectors of tracing providers are. */
export const COLLECTORS_NAMESPACE = 'collectors';
export const WAYPOINT_NAME = 'wp';
export const GATEWAY_NAME = 'gw';
export const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';
/** Collectors that exist, with their port. */
export const COLLECTORS: Array<[string, number]> = [
  ['zipkin', 9411],
  ['otel', 4317],
  ['datadog', 8126],
  ['skywalking', 11800],
];
/** A host that two namespaces have: ambiguous without one of them. */
export const SHARED_HOST = 'shared.example.com';
/** Where the shared host is. */
export const SHARED_HOST_NAMESPACES = [COLLECTORS_NAMESPACE, rootNamespace(0)];

/** The namespace that is the mesh's root in a state. */
export function rootNamespace(state: number): string {
  return `root-${state}`;
}

/** The plot of a number; its chains are resolved under its root's state. */
export function plot(number: number): Plot {
  const name = `plot-${String(number).padStart(2, '0')}`;
  return {
    near: `${name}-near`,
    far: `${name}-far`,
    root: rootNamespace(number % STATES_PER_ROUND),
  };
}

/** The host by which istiod knows a service. */
export function serviceHost(name: string, namespace: string): string {
  return `${name}.${namespace}.svc.cluster.local`;
}

/** A service and where its waypoint is. */
export interface PlotService {
  service: TracingService & { hostname: string };
  waypointNamespace: string;
}

function kubernetesService(
  name: string,
  namespace: string,
  waypointNamespace: string,
): PlotService {
  const hostname = serviceHost(name, namespace);
  return {
    service: { name, namespace, registry: 'Kubernetes', hostname },
    waypointNamespace,
  };
}

/** Services of a plot; each is served by one waypoint. */
export function plotServices({ near, far, root }: Plot): PlotService[] {
  const hostname = `ext.${far}.example.com`;
  return [
    kubernetesService('local', near, near),
    kubernetesService('upper', near, root),
    kubernetesService('far', far, near),
    {
      service: {
        name: 'ext',
        namespace: far,
        objectName: 'ext',
        registry: 'External',
        hostname,
      },
      waypointNamespace: near,
    },
  ];
}

/** Services in a root namespace; the first plots' waypoints serve one each. */
export function rootServices(state: number): PlotService[] {
  const root = rootNamespace(state);
  return [
    kubernetesService('own', root, root),
    kubernetesService('lent', root, plot(state).near),
  ];
}

/** `namespace/host` of everything that a provider may send its spans to. */
export function collectorServices(): Set<string> {
  return new Set([
    ...COLLECTORS.map(
      ([name]) =>
        `${COLLECTORS_NAMESPACE}/${serviceHost(name, COLLECTORS_NAMESPACE)}`,
    ),
    ...SHARED_HOST_NAMESPACES.map(name => `${name}/${SHARED_HOST}`),
  ]);
}

/** The services that the waypoint of a namespace serves. */
export function servicesOfWaypoint(
  inNamespace: string,
  plots: number,
): PlotService['service'][] {
  const all = Array.from({ length: plots }, (_, number) => plot(number));
  const roots = Array.from({ length: STATES_PER_ROUND }, (_, i) => i);
  return [...all.flatMap(plotServices), ...roots.flatMap(rootServices)]
    .filter(({ waypointNamespace }) => waypointNamespace === inNamespace)
    .map(item => item.service);
}
