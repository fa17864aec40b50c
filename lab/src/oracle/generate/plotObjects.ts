import type { KubeObject } from '../../kubernetes/resourcePath';
import { STATES_PER_ROUND } from './OracleRound';
import {
  COLLECTORS,
  COLLECTORS_NAMESPACE,
  GATEWAY_NAME,
  GATEWAY_NAME_LABEL,
  plot,
  plotServices,
  rootNamespace,
  rootServices,
  SHARED_HOST,
  SHARED_HOST_NAMESPACES,
  WAYPOINT_NAME,
  type PlotService,
} from './plots';

function namespaceObject(name: string): KubeObject {
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
  const gateway = (
    name: string,
    gatewayClassName: string,
    listener: object,
  ) => ({
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

/** The servers of every classic gateway. */
function classicGateway(): KubeObject {
  return {
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
  };
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
  const served = [...all.flatMap(plotServices), ...roots.flatMap(rootServices)];
  return {
    namespaces: names.map(namespaceObject),
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
      classicGateway(),
    ],
  };
}
