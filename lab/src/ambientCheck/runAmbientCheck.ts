import { setTimeout as delay } from 'node:timers/promises';
import {
  createTracingResolver,
  tracingProxyOf,
  type MeshConfig,
  type MeshTracingInputs,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import { stringify } from 'yaml';
import { ISTIO_VERSION } from '../kubernetes/meshWorkloads';
import type { KubeObject } from '../kubernetes/resourcePath';
import { waitUntil } from '../lifecycle/componentProcess';
import { nodeIdentity, proxyId } from '../oracle/istiod/nodeIdentity';
import { OracleLab } from '../oracle/istiod/OracleLab';
import type { OracleProxy } from '../oracle/generate/OracleRound';
import {
  COLLECTORS,
  COLLECTORS_NAMESPACE,
  collectorServices,
  serviceHost,
} from '../oracle/generate/plots';
import { compareListeners } from './compareListeners';
import { compareRoutes, type RouteComparison } from './compareRoutes';
import { generateAmbient } from './generateAmbient';
import { readAmbientz } from './readAmbientz';
import { readCluster, type ClusterLists } from './readCluster';
import { recordRoutes } from './recordRoutes';

/** How a comparison of ambient routes with istiod runs. */
export interface AmbientCheckOptions {
  namespaces: number;
  seed: number;
  /** Whether what istiod said is written to the fixtures. */
  record: boolean;
  lab: string;
  signal: AbortSignal;
  print: (line: string) => void;
}

const ROOT = 'ambient-root';
/** istiod works out the index step by step after an object arrived. */
const SETTLE_MS = 3000;

const MESH_CONFIG: MeshConfig = {
  rootNamespace: ROOT,
  defaultProviders: { tracing: ['otel'] },
  extensionProviders: [
    {
      name: 'otel',
      opentelemetry: {
        service: serviceHost('otel', COLLECTORS_NAMESPACE),
        port: 4317,
      },
    },
    {
      name: 'zipkin',
      zipkin: {
        service: serviceHost('zipkin', COLLECTORS_NAMESPACE),
        port: 9411,
      },
    },
  ],
};

const LISTS: Record<keyof ClusterLists, string> = {
  namespaces: '/api/v1/namespaces',
  services: '/api/v1/services',
  serviceEntries: '/apis/networking.istio.io/v1/serviceentries',
  gateways: '/apis/gateway.networking.k8s.io/v1/gateways',
  gatewayClasses: '/apis/gateway.networking.k8s.io/v1/gatewayclasses',
  pods: '/api/v1/pods',
};

function namespaceObject(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

function collectors(): KubeObject[] {
  return COLLECTORS.map(([name, port]) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: COLLECTORS_NAMESPACE },
    spec: { ports: [{ name: 'http', port }] },
  }));
}

async function write(
  lab: OracleLab,
  { namespaces, seed }: AmbientCheckOptions,
): Promise<void> {
  const objects = generateAmbient(seed, namespaces);
  await lab.create([
    ...objects.namespaces,
    namespaceObject(ROOT),
    namespaceObject(COLLECTORS_NAMESPACE),
  ]);
  await lab.configureIstiod({ selectorBasedGatewayPolicy: true });
  await lab.create([...objects.others, ...collectors()]);
  await lab.createPods(objects.pods);
  await Promise.all(objects.telemetries.map(telemetry => lab.write(telemetry)));
  await lab.configureMesh(MESH_CONFIG);
  await lab.waitForGateways(objects.readyGateways);
  await lab.waitForTelemetries();
  await waitUntil('istiod to index every pod', async () => {
    const { pods } = readAmbientz(await lab.debug.ambientz());
    return objects.pods.every(
      ({ metadata }) => pods[`${metadata.namespace}/${metadata.name}`],
    );
  });
  await delay(SETTLE_MS);
}

async function listAll(lab: OracleLab): Promise<ClusterLists> {
  const entries = await Promise.all(
    Object.entries(LISTS).map(
      async ([name, path]) => [name, await lab.list(path)] as const,
    ),
  );
  return Object.fromEntries(entries) as unknown as ClusterLists;
}

function oracleProxyOf(waypoint: Workload): OracleProxy {
  const proxy = tracingProxyOf(waypoint);
  if (!proxy) throw new Error(`${waypoint.name} has no proxy.`);
  return { name: waypoint.name, address: '10.78.0.1', proxy };
}

async function compareTracing(
  lab: OracleLab,
  workloads: Workload[],
): Promise<RouteComparison> {
  const inputs: MeshTracingInputs = {
    meshConfig: MESH_CONFIG,
    meshConfigKnown: true,
    telemetries: await lab.telemetries(),
    istiod: {
      version: ISTIO_VERSION,
      revision: 'default',
      environmentKnown: true,
    },
    knownServices: collectorServices(),
  };
  const resolver = createTracingResolver(inputs);
  const waypoints = workloads.filter(({ proxy }) => proxy === 'waypoint');
  const results = await Promise.all(
    waypoints.map(async waypoint => {
      const proxy = oracleProxyOf(waypoint);
      await lab.connections.connect(nodeIdentity(proxy));
      const listeners = await lab.debug.listeners(proxyId(proxy));
      return compareListeners(waypoint, workloads, resolver, listeners);
    }),
  );
  return {
    compared: results.reduce((sum, { compared }) => sum + compared, 0),
    differences: results.flatMap(({ differences }) => differences),
  };
}

async function compareAll(
  lab: OracleLab,
  options: AmbientCheckOptions,
): Promise<boolean> {
  const { print } = options;
  await write(lab, options);
  const lists = await listAll(lab);
  const index = readAmbientz(await lab.debug.ambientz());
  const workloads = readCluster(lists);
  const routes = compareRoutes(workloads, index);
  print(`${routes.compared} facts about ways of requests compared`);
  const tracing = await compareTracing(lab, workloads);
  print(`${tracing.compared} ways through waypoints compared`);
  if (options.record) recordRoutes(lists, index);
  const differences = [...routes.differences, ...tracing.differences];
  differences.forEach(difference => print(`---\n${stringify(difference)}`));
  const failed = differences.length;
  print(
    `${routes.compared + tracing.compared - failed} passed, ${failed} failed`,
  );
  return failed === 0;
}

/**
 * Compares which waypoints the product finds before workloads, and what these do
 * with the requests, with istiod, in a lab of its own that is gone afterwards.
 *
 * @returns true when they agree in everything
 */
export async function runAmbientCheck(
  options: AmbientCheckOptions,
): Promise<boolean> {
  const lab = await OracleLab.start(options.lab, options.signal);
  try {
    return await compareAll(lab, options);
  } finally {
    await lab.stop();
  }
}
