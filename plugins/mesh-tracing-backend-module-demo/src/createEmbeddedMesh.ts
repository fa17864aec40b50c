import { SimulatedMeshCluster } from './cluster';
import {
  SHOP_NAMESPACES,
  shopBehaviour,
  shopInjection,
  shopIstiod,
  shopKnownServices,
  shopMeshConfig,
  shopTelemetries,
  shopWorkloads,
  WRITABLE_NAMESPACES,
} from './shop';
import { RequestLedger, SimulatedTraceStore, TraceRing } from './tracestore';
import { MeshProxies, TrafficSimulator } from './traffic';
import type { SimulationClock } from './shared/SimulationClock';
import { DEMO_CLUSTER } from './shared/demoMesh';

const STORE_NAME = 'demo';
const DEFAULT_CAPACITY = 20_000;

export interface EmbeddedMeshOptions {
  clock: SimulationClock;
  /** The same seed gives the same traffic. */
  seed: number;
  /** Traffic of this long before the start is made up. */
  historyMs: number;
  /** Traces that are kept; 20,000 when absent. */
  capacity?: number;
  /** Time until a write arrives in the cluster's watched view; at once when absent. */
  watchDelayMs?: number;
}

/** The shop: its cluster, its traffic, and the traces of it. */
export interface EmbeddedMesh {
  cluster: SimulatedMeshCluster;
  store: SimulatedTraceStore;
  /** Requests sent so far, sampled or not. */
  requestCount(): number;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts the embedded mesh together. */
export function createEmbeddedMesh(options: EmbeddedMeshOptions): EmbeddedMesh {
  const { clock, seed, watchDelayMs } = options;
  const cluster = SimulatedMeshCluster.create({
    name: DEMO_CLUSTER,
    traceStore: STORE_NAME,
    clock,
    namespaces: SHOP_NAMESPACES,
    writableNamespaces: WRITABLE_NAMESPACES,
    meshConfig: shopMeshConfig,
    istiod: shopIstiod,
    knownServices: shopKnownServices,
    workloads: shopWorkloads(clock.nowMs()),
    injection: shopInjection(clock.nowMs()),
    telemetries: shopTelemetries(clock.nowMs()),
    watchDelayMs,
  });
  const ring = new TraceRing(options.capacity ?? DEFAULT_CAPACITY);
  const ledger = new RequestLedger();
  const simulator = TrafficSimulator.create({
    behaviour: shopBehaviour,
    proxies: new MeshProxies(cluster),
    ring,
    ledger,
    clock,
    seed,
    historyMs: options.historyMs,
  });
  return {
    cluster,
    store: SimulatedTraceStore.create({
      name: STORE_NAME,
      ring,
      ledger,
      clock,
    }),
    requestCount: () => simulator.requestCount,
    start: () => simulator.start(),
    async stop() {
      simulator.stop();
      await cluster.stop();
    },
  };
}
