import type { TracingService } from 'backstage-plugin-mesh-tracing-common';
import type { KubeObject } from '../kubernetes/resourcePath';
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
const SHARED_HOST_NAMESPACES = [COLLECTORS_NAMESPACE, rootNamespace(0)];

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

interface PlotService {
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

function namespace(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

function service(
  name: string,
  inNamespace: string,
  port: number,
  more: { labels?: Record<string, string>; selector?: Record<string, string> },
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: inNamespace, labels: more.labels ?? {} },
    spec: {
      ports: [{ name: 'http', port, targetPort: port }],
      ...(more.selector && { selector: more.selector }),
    },
  };
}

function servedObject(
  { service: served, waypointNamespace }: PlotService,
  address: string,
): KubeObject {
  const labels = {
    'istio.io/use-waypoint': WAYPOINT_NAME,
    'istio.io/use-waypoint-namespace': waypointNamespace,
  };
  if (served.registry === 'Kubernetes') {
    return service(served.name, served.namespace, 80, { labels });
  }
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: served.name, namespace: served.namespace, labels },
    spec: {
      hosts: [served.hostname],
      addresses: [address],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'STATIC',
      endpoints: [{ address: '10.255.0.1' }],
    },
  };
}

function sharedHost(inNamespace: string): KubeObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: 'shared', namespace: inNamespace },
    spec: {
      hosts: [SHARED_HOST],
      ports: [{ number: 4317, name: 'grpc', protocol: 'GRPC' }],
      resolution: 'DNS',
    },
  };
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

/** istiod gives a Gateway its address only once its Service has an endpoint. */
function endpoint(of: string, inNamespace: string, port: number): KubeObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: of,
      namespace: inNamespace,
      labels: { 'kubernetes.io/service-name': of },
    },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.255.0.2'], conditions: { ready: true } }],
    ports: [{ name: 'http', port, protocol: 'TCP' }],
  };
}

/** A waypoint and a Gateway-API gateway, each with the Service of its pods. */
function gateways(inNamespace: string): KubeObject[] {
  const gateway = (name: string, gatewayClassName: string, listener: object) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name, namespace: inNamespace },
    spec: { gatewayClassName, listeners: [listener] },
  });
  return [
    endpoint(WAYPOINT_NAME, inNamespace, 15008),
    endpoint(`${GATEWAY_NAME}-istio`, inNamespace, 80),
    service(WAYPOINT_NAME, inNamespace, 15008, {
      labels: { 'gateway.istio.io/managed': 'istio.io-mesh-controller' },
      selector: { [GATEWAY_NAME_LABEL]: WAYPOINT_NAME },
    }),
    gateway(WAYPOINT_NAME, 'istio-waypoint', {
      name: 'mesh',
      port: 15008,
      protocol: 'HBONE',
      allowedRoutes: { namespaces: { from: 'All' } },
    }),
    service(`${GATEWAY_NAME}-istio`, inNamespace, 80, {
      selector: { [GATEWAY_NAME_LABEL]: GATEWAY_NAME },
    }),
    gateway(GATEWAY_NAME, 'istio', {
      name: 'http',
      port: 80,
      protocol: 'HTTP',
    }),
  ];
}

/** Everything but Telemetries and proxies: namespaces first, then the rest. */
export function plotObjects(plots: number): {
  namespaces: KubeObject[];
  others: KubeObject[];
} {
  const all = Array.from({ length: plots }, (_, number) => plot(number));
  const roots = Array.from({ length: STATES_PER_ROUND }, (_, i) => i);
  const names = [
    COLLECTORS_NAMESPACE,
    ...roots.map(rootNamespace),
    ...all.flatMap(({ near, far }) => [near, far]),
  ];
  const served = [
    ...all.flatMap(plotServices),
    ...roots.flatMap(rootServices),
  ];
  return {
    namespaces: names.map(namespace),
    others: [
      ...COLLECTORS.map(([name, port]) =>
        service(name, COLLECTORS_NAMESPACE, port, {}),
      ),
      ...SHARED_HOST_NAMESPACES.map(sharedHost),
      ...roots.map(rootNamespace).flatMap(gateways),
      ...all.flatMap(({ near }) => gateways(near)),
      ...served.map((item, index) =>
        servedObject(item, `240.9.${index >> 8}.${index & 255}`),
      ),
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'Gateway',
        metadata: { name: 'classic', namespace: COLLECTORS_NAMESPACE },
        spec: {
          selector: { istio: 'ingressgateway' },
          servers: [
            {
              port: { number: 8080, name: 'http', protocol: 'HTTP' },
              hosts: ['*'],
            },
          ],
        },
      },
    ],
  };
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
