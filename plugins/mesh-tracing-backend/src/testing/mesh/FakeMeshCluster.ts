import { ConflictError, NotFoundError } from '@backstage/errors';
import { namespaceGitOps } from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshConfig,
  NamespaceGitOps,
  Telemetry,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshCluster,
  MeshReadProblem,
  MeshSnapshot,
  TelemetryWriteOptions,
  TelemetryWriteResult,
} from 'backstage-plugin-mesh-tracing-node';
import { randomUUID } from 'node:crypto';
import { validateTelemetrySpec } from './validateTelemetrySpec';

/** A call that a test can make fail. */
export type FakeOperation = 'get' | 'create' | 'replace' | 'delete';

/** @see FakeMeshCluster.fail */
interface Fault {
  operation: FakeOperation;
  /** `before`: nothing is done. `after`: it is done, and the answer is lost. */
  when: 'before' | 'after';
  error: Error;
}

/**
 * A cluster in memory with the rules of an API server that matter to writers:
 * resource versions, create-only, preconditions of replace and delete, dry run,
 * a schema check, and a watch that can lag behind.
 */
export class FakeMeshCluster implements MeshCluster {
  readonly name: string;
  readonly traceStore: string | undefined;
  workloads: Workload[];
  meshConfig: MeshConfig;
  state: MeshSnapshot['state'] = 'synced';
  problems: MeshReadProblem[] = [];
  /** Undefined = they can't be read. */
  namespaces: Map<string, NamespaceGitOps> | undefined = new Map();
  /** Answers of the API server to the next writes. */
  warnings: string[] = [];
  /** While true the watch shows nothing new. */
  watchPaused = false;
  /** Every write that was carried out, dry runs not. */
  readonly writes: string[] = [];
  readonly #objects = new Map<string, Telemetry>();
  readonly #listeners = new Set<() => void>();
  readonly #now: () => Date;
  #watched: Telemetry[] = [];
  #version = 100;
  #faults: Fault[] = [];

  static create(options: {
    name?: string;
    traceStore?: string;
    workloads: Workload[];
    telemetries?: Telemetry[];
    meshConfig?: MeshConfig;
    now?: () => Date;
  }): FakeMeshCluster {
    return new FakeMeshCluster(options);
  }

  private constructor(options: {
    name?: string;
    traceStore?: string;
    workloads: Workload[];
    telemetries?: Telemetry[];
    meshConfig?: MeshConfig;
    now?: () => Date;
  }) {
    this.name = options.name ?? 'main';
    this.traceStore = options.traceStore;
    this.workloads = options.workloads;
    this.meshConfig = options.meshConfig ?? {};
    this.#now = options.now ?? (() => new Date());
    options.telemetries?.forEach(telemetry => this.#store(telemetry));
    this.sync();
  }

  /** The next call of that kind fails. */
  fail(operation: FakeOperation, when: Fault['when'], error: Error): void {
    this.#faults.push({ operation, when, error });
  }

  /** Nothing fails any more. */
  mend(): void {
    this.#faults = [];
  }

  /** Lets the watch catch up. */
  sync(): void {
    this.#watched = this.objects();
    this.#listeners.forEach(listener => listener());
  }

  objects(): Telemetry[] {
    return [...this.#objects.values()].map(object => structuredClone(object));
  }

  /** Somebody with kubectl. */
  editOutside(
    namespace: string,
    name: string,
    edit: (telemetry: Telemetry) => void,
    manager = 'kubectl-edit',
  ): void {
    const object = structuredClone(this.#require(namespace, name));
    edit(object);
    object.metadata.managedFields = [
      { manager, operation: 'Update', time: this.#now().toISOString() },
    ];
    this.#store(object);
    this.#changed();
  }

  /** Somebody with kubectl annotates a namespace. */
  annotateNamespace(name: string, annotations: Record<string, string>): void {
    this.namespaces?.set(name, namespaceGitOps({ name, annotations }));
  }

  deleteOutside(namespace: string, name: string): void {
    this.#require(namespace, name);
    this.#objects.delete(`${namespace}/${name}`);
    this.#changed();
  }

  createOutside(telemetry: Telemetry): void {
    this.#store(telemetry);
    this.#changed();
  }

  snapshot(): MeshSnapshot {
    return {
      cluster: this.name,
      state: this.state,
      syncedAtMs: this.#now().getTime(),
      inputs: {
        meshConfig: this.meshConfig,
        meshConfigKnown: true,
        telemetries: this.#watched.map(object => structuredClone(object)),
        istiod: { environmentKnown: true },
      },
      workloads: this.workloads,
      ...(this.namespaces && { namespaces: this.namespaces }),
      problems: this.problems,
    };
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async getTelemetry(
    namespace: string,
    name: string,
  ): Promise<Telemetry | undefined> {
    return this.#call('get', undefined, () =>
      structuredClone(this.#objects.get(`${namespace}/${name}`)),
    );
  }

  async createTelemetry(
    telemetry: Telemetry,
    options?: TelemetryWriteOptions,
  ): Promise<TelemetryWriteResult> {
    return this.#call('create', options, () => {
      const { namespace, name } = telemetry.metadata;
      validateTelemetrySpec(telemetry);
      if (this.#objects.has(`${namespace}/${name}`)) {
        throw new ConflictError(`telemetries "${name}" already exists`);
      }
      return this.#result(telemetry, options);
    });
  }

  async replaceTelemetry(
    telemetry: Telemetry,
    options?: TelemetryWriteOptions,
  ): Promise<TelemetryWriteResult> {
    return this.#call('replace', options, () => {
      const { namespace, name, uid, resourceVersion } = telemetry.metadata;
      validateTelemetrySpec(telemetry);
      const current = this.#require(namespace, name).metadata;
      if (current.uid !== uid || current.resourceVersion !== resourceVersion) {
        throw new ConflictError(
          `Operation cannot be fulfilled on telemetries "${name}": the object has been modified`,
        );
      }
      return this.#result(telemetry, options);
    });
  }

  async deleteTelemetry(
    namespace: string,
    name: string,
    precondition: { uid: string; resourceVersion: string },
    options?: TelemetryWriteOptions,
  ): Promise<void> {
    await this.#call('delete', options, () => {
      const { uid, resourceVersion } = this.#require(namespace, name).metadata;
      if (
        uid !== precondition.uid ||
        resourceVersion !== precondition.resourceVersion
      ) {
        throw new ConflictError(
          `Precondition failed: ${name} is ${uid} ${resourceVersion}`,
        );
      }
      if (!options?.dryRun) {
        this.#objects.delete(`${namespace}/${name}`);
        this.writes.push(`delete ${namespace}/${name}`);
        this.#changed();
      }
    });
  }

  /** Others may act between the request and the answer, as on a network. */
  async #call<T>(
    operation: FakeOperation,
    options: TelemetryWriteOptions | undefined,
    act: () => T,
  ): Promise<T> {
    await Promise.resolve();
    const fault = options?.dryRun
      ? undefined
      : this.#faults.find(candidate => candidate.operation === operation);
    this.#faults = this.#faults.filter(candidate => candidate !== fault);
    if (fault?.when === 'before') {
      throw fault.error;
    }
    const result = act();
    await Promise.resolve();
    if (fault) {
      throw fault.error;
    }
    return result;
  }

  #result(
    telemetry: Telemetry,
    options?: TelemetryWriteOptions,
  ): TelemetryWriteResult {
    const { warnings } = this;
    if (options?.dryRun) {
      return { telemetry: structuredClone(telemetry), warnings };
    }
    const stored = this.#store(telemetry);
    const { namespace, name } = stored.metadata;
    this.writes.push(`put ${namespace}/${name}`);
    this.#changed();
    return { telemetry: structuredClone(stored), warnings };
  }

  #store(telemetry: Telemetry): Telemetry {
    const key = `${telemetry.metadata.namespace}/${telemetry.metadata.name}`;
    const former = this.#objects.get(key);
    this.#version += 1;
    const stored = structuredClone(telemetry);
    stored.metadata = {
      ...stored.metadata,
      uid: former?.metadata.uid ?? randomUUID(),
      resourceVersion: String(this.#version),
      creationTimestamp:
        former?.metadata.creationTimestamp ??
        telemetry.metadata.creationTimestamp ??
        `${this.#now().toISOString().slice(0, 19)}Z`,
    };
    this.#objects.set(key, stored);
    return stored;
  }

  #require(namespace: string, name: string): Telemetry {
    const object = this.#objects.get(`${namespace}/${name}`);
    if (!object) {
      throw new NotFoundError(`telemetries "${name}" not found`);
    }
    return object;
  }

  #changed(): void {
    if (!this.watchPaused) {
      this.sync();
    }
  }
}
