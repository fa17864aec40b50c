import type { KubeObject } from '../kubernetes/resourcePath';
import type { Random } from '../checks/Random';
import { GATEWAY_NAME_LABEL } from '../oracle/generate/plots';
import type { Addresses } from './Addresses';
import { podObject } from './podObject';

/** A class whose waypoints are for all requests unless their Gateway says else. */
export const CLASS_FOR_ALL = 'waypoint-for-all';

function allowedNamespaces(random: Random): object | undefined {
  return random.pick([
    undefined,
    { namespaces: { from: 'Same' } },
    { namespaces: { from: 'All' } },
    { namespaces: { from: 'All' } },
    {
      namespaces: {
        from: 'Selector',
        selector: { matchLabels: { team: 'x' } },
      },
    },
    {
      namespaces: {
        from: 'Selector',
        selector: {
          matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['x'] }],
        },
      },
    },
  ]);
}

/** A Gateway that is a waypoint, for any requests and namespaces. */
export function gateway(
  random: Random,
  name: string,
  namespace: string,
): KubeObject {
  const waypointFor = random.pick([
    undefined,
    undefined,
    'service',
    'workload',
    'all',
    'all',
    'none',
  ]);
  const allowedRoutes = allowedNamespaces(random);
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: {
      name,
      namespace,
      ...(waypointFor && {
        labels: { 'istio.io/waypoint-for': waypointFor },
      }),
    },
    spec: {
      gatewayClassName: random.pick([
        'istio-waypoint',
        'istio-waypoint',
        CLASS_FOR_ALL,
      ]),
      listeners: [
        {
          name: 'mesh',
          port: 15008,
          protocol: 'HBONE',
          ...(allowedRoutes && { allowedRoutes }),
        },
      ],
    },
  };
}

/** What istiod's deployer and a kubelet would make of a Gateway. */
export function gatewayParts(
  name: string,
  namespace: string,
  addresses: Addresses,
): { others: KubeObject[]; pod: KubeObject } {
  const ip = addresses.pod();
  const labels = { [GATEWAY_NAME_LABEL]: name };
  const pod = podObject({
    name: `${name}-0`,
    namespace,
    labels: {
      ...labels,
      'gateway.istio.io/managed': 'istio.io-mesh-controller',
    },
    container: {
      name: 'istio-proxy',
      image: 'istio/proxyv2:1.31.0',
      args: ['proxy', 'waypoint'],
    },
    ip,
  });
  return {
    pod,
    others: [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {
          name,
          namespace,
          labels: { 'gateway.istio.io/managed': 'istio.io-mesh-controller' },
        },
        spec: {
          ports: [{ name: 'mesh', port: 15008 }],
          selector: labels,
        },
      },
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          name,
          namespace,
          labels: { 'kubernetes.io/service-name': name },
        },
        addressType: 'IPv4',
        endpoints: [{ addresses: [ip], conditions: { ready: true } }],
        ports: [{ name: 'mesh', port: 15008, protocol: 'TCP' }],
      },
    ],
  };
}
