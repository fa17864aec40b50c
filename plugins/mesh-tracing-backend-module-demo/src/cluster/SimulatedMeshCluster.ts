import type {
  Istiod,
  MeshConfig,
  MeshInjection,
  MeshTracingInputs,
  ProxyAcceptance,
  ServiceEndpoints,
  Telemetry,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshCluster,
  MeshSnapshot,
  TelemetryWriteOptions,
  TelemetryWriteResult,
} from 'backstage-plugin-mesh-tracing-node';
import type { SimulationClock } from '../shared/SimulationClock';
import { admitTelemetry } from './admitTelemetry';
import { TelemetryStorage } from './TelemetryStorage';

export interface SimulatedMeshClusterOptions {
  name: string;
  traceStore: string;
  clock: SimulationClock;
  namespaces: readonly string[];
  /** Where the portal's account may write Telemetries. */
  writableNamespaces: ReadonlySet<string>;
  meshConfig: MeshConfig;
  istiod: Istiod;
  knownServices: ReadonlySet<string>;
  workloads: Workload[];
  /** What decides which pods get a proxy. */
  injection?: MeshInjection;
  telemetries: Telemetry[];
  /** Time until a write arrives in the watched view; at once when absent. */
  watchDelayMs?: number;
}

/**
 * A cluster that exists in memory only. Reads and writes of Telemetries behave
 * as those of an API server with Istio's resource definitions and webhook.
 */
export class SimulatedMeshCluster implements MeshCluster {
  readonly name: string;
  readonly traceStore: string;
  readonly simulated = true;
  readonly #options: SimulatedMeshClusterOptions;
  readonly #storage: TelemetryStorage;
  readonly #listeners = new Set<() => void>();
  readonly #pending = new Set<() => void>();
  readonly #namespaces: MeshSnapshot['namespaces'];
  #inputs: MeshTracingInputs;
  #isStopped = false;

  static create(options: SimulatedMeshClusterOptions): SimulatedMeshCluster {
    return new SimulatedMeshCluster(options);
  }

  private constructor(options: SimulatedMeshClusterOptions) {
    this.name = options.name;
    this.traceStore = options.traceStore;
    this.#options = options;
    this.#namespaces = new Map(
      options.namespaces.map(name => [name, { name }]),
    );
    this.#storage = new TelemetryStorage({
      namespaces: options.namespaces,
      writableNamespaces: options.writableNamespaces,
      nowMs: () => options.clock.nowMs(),
      admit: admitTelemetry,
    });
    this.#storage.seed(options.telemetries);
    this.#inputs = this.#read();
  }

  snapshot(): MeshSnapshot {
    return {
      cluster: this.name,
      state: 'synced',
      syncedAtMs: this.#options.clock.nowMs(),
      inputs: this.#inputs,
      workloads: this.#options.workloads,
      namespaces: this.#namespaces,
      injection: this.#options.injection,
      problems: [],
    };
  }

  subscribe(listener: () => void): () => void {
    // A function of its own for each subscription, so that one which subscribes
    // twice is called twice, and each subscription ends by itself.
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  async getTelemetry(
    namespace: string,
    name: string,
  ): Promise<Telemetry | undefined> {
    return this.#storage.get(namespace, name);
  }

  async createTelemetry(
    telemetry: Telemetry,
    options?: TelemetryWriteOptions,
  ): Promise<TelemetryWriteResult> {
    const result = this.#storage.create(telemetry, options);
    this.#changed(options);
    return result;
  }

  async replaceTelemetry(
    telemetry: Telemetry,
    options?: TelemetryWriteOptions,
  ): Promise<TelemetryWriteResult> {
    const result = this.#storage.replace(telemetry, options);
    this.#changed(options);
    return result;
  }

  async deleteTelemetry(
    namespace: string,
    name: string,
    precondition: { uid: string; resourceVersion: string },
    options?: TelemetryWriteOptions,
  ): Promise<void> {
    this.#storage.delete(namespace, name, precondition, options);
    this.#changed(options);
  }

  /** A simulated proxy takes what it is sent as soon as the watch has it. */
  async proxyAcceptance({ pods }: Workload): Promise<ProxyAcceptance> {
    const isPending = this.#pending.size > 0;
    return {
      state: isPending ? 'pending' : 'accepted',
      proxies: pods.length,
      accepted: isPending ? 0 : pods.length,
      behind: isPending
        ? pods.map(({ name }) => ({ pod: name, refused: false }))
        : [],
    };
  }

  /** One simulated pod stands behind each service that istiod knows. */
  async serviceEndpoints({
    namespace,
    name,
  }: {
    namespace: string;
    name: string;
  }): Promise<ServiceEndpoints> {
    const host = `${name}.${namespace}.svc.cluster.local:`;
    const isKnown = [...this.#options.knownServices].some(known =>
      known.startsWith(host),
    );
    const atMs = this.#options.clock.nowMs();
    return { state: 'read', ready: isKnown ? 1 : 0, notReady: 0, atMs };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#pending.forEach(cancel => cancel());
    this.#pending.clear();
    this.#listeners.clear();
  }

  #changed(options?: TelemetryWriteOptions): void {
    if (options?.dryRun || this.#isStopped) {
      return;
    }
    const { watchDelayMs = 0, clock } = this.#options;
    if (watchDelayMs === 0) {
      this.#observe();
      return;
    }
    const cancel = clock.after(watchDelayMs, () => {
      this.#pending.delete(cancel);
      this.#observe();
    });
    this.#pending.add(cancel);
  }

  #observe(): void {
    this.#inputs = this.#read();
    this.#listeners.forEach(listener => listener());
  }

  #read(): MeshTracingInputs {
    const { meshConfig, istiod, knownServices } = this.#options;
    return {
      meshConfig,
      meshConfigKnown: true,
      telemetries: this.#storage.list(),
      istiod,
      knownServices,
    };
  }
}
