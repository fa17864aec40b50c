import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type { KubeObject } from '../kubernetes/resourcePath';
import { Random } from '../checks/Random';
import { Addresses } from './Addresses';
import { CLASS_FOR_ALL, gateway, gatewayParts } from './generateGateways';
import { podObject } from './podObject';

/** Everything of one run: what is written first, then what refers to it. */
export interface AmbientObjects {
  namespaces: KubeObject[];
  others: KubeObject[];
  /** Pods, with the status that a kubelet would write. */
  pods: KubeObject[];
  telemetries: Telemetry[];
  /** Gateways that istiod gives an address. */
  readyGateways: number;
}

/** Beginning of the names of all namespaces of a run. */
export const NAMESPACE_PREFIX = 'amb-';

const WAYPOINTS = ['wp', 'wp-b'];
const APPS = ['a', 'b', 'c'];
const USE = 'istio.io/use-waypoint';

/** Labels by which an object names a waypoint, at times one in vain. */
function useWaypoint(
  random: Random,
  names: readonly string[],
  probability: number,
): Record<string, string> {
  if (!random.chance(probability)) return {};
  const name = random.pick([...WAYPOINTS, ...WAYPOINTS, 'none', 'missing']);
  return {
    [USE]: name,
    ...(random.chance(0.4) && { [`${USE}-namespace`]: random.pick(names) }),
  };
}

function ingress(random: Random): Record<string, string> {
  return random.chance(0.3)
    ? {
        'istio.io/ingress-use-waypoint': random.pick([
          'true',
          'true',
          'false',
          'T',
          'yes',
        ]),
      }
    : {};
}

function namespaceObject(
  random: Random,
  name: string,
  names: readonly string[],
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        ...(random.chance(0.5) && { team: random.pick(['x', 'y']) }),
        ...(random.chance(0.7) && { 'istio.io/dataplane-mode': 'ambient' }),
        ...useWaypoint(random, names, 0.6),
        ...ingress(random),
      },
    },
  };
}

function services(
  random: Random,
  namespace: string,
  names: readonly string[],
  addresses: Addresses,
): KubeObject[] {
  const labels = () => ({
    ...useWaypoint(random, names, 0.35),
    ...ingress(random),
  });
  const plain = APPS.map((app, at) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `svc-${app}`, namespace, labels: labels() },
    spec: {
      ports: [{ name: 'http', port: 80 }],
      selector: at === 2 ? { tier: 'web' } : { app },
    },
  }));
  const entry = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: 'entry', namespace, labels: labels() },
    spec: {
      hosts: [`entry.${namespace}.example.com`],
      addresses: [addresses.virtual()],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'STATIC',
      workloadSelector: { labels: { app: random.pick(APPS) } },
    },
  };
  return [...plain, entry];
}

function pods(
  random: Random,
  namespace: string,
  names: readonly string[],
  addresses: Addresses,
): KubeObject[] {
  return APPS.map(app =>
    podObject({
      name: `pod-${app}`,
      namespace,
      labels: {
        app,
        ...(random.chance(0.5) && { tier: 'web' }),
        ...useWaypoint(random, names, 0.25),
        ...(random.chance(0.15) && {
          'istio.io/dataplane-mode': random.pick(['none', 'ambient']),
        }),
      },
      container: { name: 'app', image: 'app:1' },
      ip: addresses.pod(),
    }),
  );
}

function telemetries(random: Random, namespace: string): Telemetry[] {
  const group = 'gateway.networking.k8s.io';
  const refs = () =>
    random.pick([
      { group, kind: 'Gateway', name: random.pick(WAYPOINTS) },
      { group, kind: 'Gateway', name: random.pick(WAYPOINTS) },
      { group: '', kind: 'Service', name: `svc-${random.pick(APPS)}` },
      { group: '', kind: 'Service', name: `svc-${random.pick(APPS)}` },
      { group: 'networking.istio.io', kind: 'ServiceEntry', name: 'entry' },
    ]);
  return Array.from({ length: random.between(0, 3) }, (_, at) => ({
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: { name: `t${at}`, namespace },
    spec: {
      ...random.pick([
        () => ({}),
        () => ({ selector: { matchLabels: { app: random.pick(APPS) } } }),
        () => ({ targetRefs: [refs()] }),
        () => ({ targetRefs: [refs(), refs()] }),
      ])(),
      tracing: [
        {
          ...(random.chance(0.7) && {
            randomSamplingPercentage: random.pick([0, 1, 12.5, 50, 100]),
          }),
          ...(random.chance(0.3) && { providers: [{ name: 'zipkin' }] }),
          ...(random.chance(0.15) && { disableSpanReporting: true }),
          ...(random.chance(0.3) && {
            customTags: { at: { literal: { value: `${namespace}-${at}` } } },
          }),
        },
      ],
    },
  }));
}

/** Random objects of an ambient mesh: the same seed gives the same. */
export function generateAmbient(seed: number, count: number): AmbientObjects {
  const random = Random.of(seed, 7);
  const addresses = new Addresses();
  const names = Array.from(
    { length: count },
    (_, at) => `${NAMESPACE_PREFIX}${at}`,
  );
  const result: AmbientObjects = {
    namespaces: names.map(name => namespaceObject(random, name, names)),
    others: [
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'GatewayClass',
        metadata: {
          name: CLASS_FOR_ALL,
          labels: { 'istio.io/waypoint-for': 'all' },
        },
        spec: { controllerName: 'istio.io/mesh-controller' },
      },
    ],
    pods: [],
    telemetries: [],
    readyGateways: 0,
  };
  for (const namespace of names) {
    for (const name of random.some(WAYPOINTS, 0.6)) {
      result.others.push(gateway(random, name, namespace));
      // A waypoint without pods has no address.
      if (!random.chance(0.85)) continue;
      const parts = gatewayParts(name, namespace, addresses);
      result.others.push(...parts.others);
      result.pods.push(parts.pod);
      result.readyGateways += 1;
    }
    result.others.push(...services(random, namespace, names, addresses));
    result.pods.push(...pods(random, namespace, names, addresses));
    result.telemetries.push(...telemetries(random, namespace));
  }
  return result;
}
