import type {
  Telemetry,
  TracingProxy,
} from 'backstage-plugin-mesh-tracing-common';
import { generateMeshConfig, proxyConfig } from './generateMeshConfig';
import { someLabels, telemetrySpec } from './generateSpec';
import {
  STATES_PER_ROUND,
  type IstiodSettings,
  type MeshState,
  type OracleChain,
  type OracleProxy,
  type OracleRound,
  type PlannedTelemetry,
  type Wave,
} from './OracleRound';
import {
  GATEWAY_NAME,
  GATEWAY_NAME_LABEL,
  plot,
  rootNamespace,
  WAYPOINT_NAME,
} from './plots';
import { Random } from '../../checks/Random';

/** What istiod is started with, one after another. */
export const ISTIOD_SETTINGS: readonly IstiodSettings[] = [
  { selectorBasedGatewayPolicy: true },
  { traceSamplingPercent: 37.5, selectorBasedGatewayPolicy: false },
  { traceSamplingPercent: 0, selectorBasedGatewayPolicy: true },
  { traceSamplingPercent: 300, selectorBasedGatewayPolicy: true },
];

type Kind = 'sidecar' | 'classic' | 'gateway' | 'waypoint';

const KINDS: readonly Kind[] = [
  'sidecar',
  'sidecar',
  'sidecar',
  'classic',
  'gateway',
  'gateway',
  'waypoint',
  'waypoint',
];

function telemetries(
  random: Random,
  namespace: string,
  count: number,
): PlannedTelemetry[] {
  // Istio chooses by name between resources of the same second, so that names
  // must not follow the order of the waves.
  const names = new Set<string>();
  while (names.size < count) {
    names.add(`t${random.pick(['', '-', '-a'])}${random.between(0, 99)}`);
  }
  return [...names].map(name => {
    const revision = random.maybe(0.08, () =>
      random.pick(['default', 'canary']),
    );
    const telemetry: Telemetry = {
      apiVersion: 'telemetry.istio.io/v1',
      kind: 'Telemetry',
      metadata: {
        name,
        namespace,
        ...(revision && { labels: { 'istio.io/rev': revision } }),
      },
      spec: telemetrySpec(random),
    };
    return { wave: random.pick<Wave>([0, 0, 1]), telemetry };
  });
}

function labelsOf(random: Random, kind: Kind): Record<string, string> {
  const labels = {
    ...someLabels(random),
    ...(random.chance(0.4) && {
      'service.istio.io/canonical-name': 'shop',
    }),
    ...(random.chance(0.2) && {
      'service.istio.io/canonical-revision': 'v2',
    }),
  };
  if (kind === 'classic') return { ...labels, istio: 'ingressgateway' };
  const name = kind === 'waypoint' ? WAYPOINT_NAME : GATEWAY_NAME;
  const odd = random.chance(0.04);
  // A few sidecars claim to be a gateway's and a few gateways forget to.
  return (kind === 'sidecar') === odd
    ? { ...labels, [GATEWAY_NAME_LABEL]: name }
    : labels;
}

function tracingProxy(
  random: Random,
  kind: Kind,
  namespace: string,
): TracingProxy {
  const version = random.pick([
    '1.31.0',
    '1.31.0',
    '1.28.2',
    '1.29.0',
    '1.30.1',
    undefined,
  ]);
  return {
    kind: kind === 'classic' ? 'gateway' : kind,
    namespace,
    labels: labelsOf(random, kind),
    clusterId: 'Kubernetes',
    ...(version && { version }),
    ...(random.chance(0.6) && { proxyConfig: proxyConfig(random) }),
    ...(random.chance(0.7) && { meshId: 'mesh-1' }),
  };
}

function proxies(
  random: Random,
  namespaces: string[],
  number: number,
  /** Keeps a proxy apart from one of an earlier round. */
  mark: string,
): OracleProxy[] {
  return Array.from({ length: random.between(2, 3) }, (_, position) => {
    const kind = random.pick(KINDS);
    // Only the first namespace has a gateway and a waypoint.
    const namespace =
      kind === 'waypoint' || kind === 'gateway'
        ? namespaces[0]
        : random.pick(namespaces);
    return {
      name: `${kind}${position}-${mark}`,
      address: `10.${100 + position}.${number >> 8}.${number & 255}`,
      proxy: tracingProxy(random, kind, namespace ?? ''),
    };
  });
}

function chain(seed: number, index: number, plotNumber: number): OracleChain {
  const random = Random.of(seed, 1, index);
  const { near, far } = plot(plotNumber);
  return {
    index,
    namespaces: [near, far],
    telemetries: [
      ...telemetries(random, near, random.between(0, 5)),
      ...telemetries(random, far, random.between(0, 3)),
    ],
    proxies: proxies(random, [near, far], plotNumber, `c${index}`),
  };
}

function state(seed: number, round: number, number: number): MeshState {
  const random = Random.of(seed, 2, round, number);
  const root = rootNamespace(number);
  return {
    rootNamespace: root,
    meshConfig: generateMeshConfig(random, root),
    chains: [
      {
        namespaces: [root],
        telemetries: telemetries(random, root, random.between(0, 5)),
        proxies: proxies(random, [root], 1000 + number, `r${round}`),
      },
    ],
  };
}

/**
 * Rounds of random chains: the same seed and numbers give the same rounds.
 *
 * @param chains - how many chains in all
 * @param plots - how many of them fit into one round
 */
export function generateRounds(
  seed: number,
  chains: number,
  plots: number,
): OracleRound[] {
  const count = Math.ceil(chains / plots);
  return Array.from({ length: count }, (_, round): OracleRound => {
    const states = Array.from({ length: STATES_PER_ROUND }, (_unused, number) =>
      state(seed, round, number),
    );
    const first = round * plots;
    for (let index = first; index < Math.min(first + plots, chains); index++) {
      const plotNumber = index - first;
      states[plotNumber % STATES_PER_ROUND]?.chains.push(
        chain(seed, index, plotNumber),
      );
    }
    // Few changes of istiod's environment: each is a restart.
    const settings =
      ISTIOD_SETTINGS[Math.floor((round * ISTIOD_SETTINGS.length) / count)];
    return { istiod: settings ?? { selectorBasedGatewayPolicy: true }, states };
  });
}
