import type {
  MeshTracingInputs,
  NamespaceGitOps,
  ProxyAcceptance,
  Telemetry,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';

/** Something of a cluster that could not be read, and what is assumed instead. @public */
export interface MeshReadProblem {
  /** Such as `telemetries`, `pods`, `mesh config`. */
  what: string;
  message: string;
  whatToDo: string;
}

/**
 * A consistent view of one cluster, from memory; no call is made to get it.
 * @public
 */
export interface MeshSnapshot {
  cluster: string;
  /**
   * `syncing`: never read completely. `synced`: the watches are open.
   * `stale`: a watch is broken; the content is as of `syncedAtMs`.
   */
  state: 'syncing' | 'synced' | 'stale';
  /** Milliseconds since the epoch; undefined before the first sync. */
  syncedAtMs?: number;
  inputs: MeshTracingInputs;
  workloads: Workload[];
  /**
   * What namespaces say of who changes things in them, by name. Absent where they
   * can't be read: whether a repository holds one is not known then.
   */
  namespaces?: ReadonlyMap<string, NamespaceGitOps>;
  problems: MeshReadProblem[];
}

/** Options of a read. @public */
export interface ClusterReadOptions {
  /**
   * Aborted when nobody waits for the answer any more. Writes have no such option:
   * what has begun is carried through, so that its outcome is known.
   */
  signal?: AbortSignal;
}

/** Options of a write. @public */
export interface TelemetryWriteOptions {
  /** Judged by the API server and its webhooks, not stored. */
  dryRun?: boolean;
}

/** What the API server answered to a write. @public */
export interface TelemetryWriteResult {
  telemetry: Telemetry;
  /** From `Warning` headers, webhook warnings included. */
  warnings: string[];
}

/**
 * One cluster of the mesh: a watched view of what decides about tracing, and
 * writes of Telemetry resources.
 *
 * Writes throw `@backstage/errors`: InputError (schema, strict fields or
 * webhook refused; the message names the field), NotAllowedError (RBAC),
 * ConflictError (exists already, or a stale resource version),
 * NotFoundError, ServiceUnavailableError (API server away or too slow).
 * @public
 */
export interface MeshCluster {
  readonly name: string;
  /** Name of the trace store that holds this cluster's traces. */
  readonly traceStore?: string;
  /** True when the mesh is simulated; the UI says so. */
  readonly simulated?: boolean;
  snapshot(): MeshSnapshot;
  /** Calls back after each change of the snapshot. Returns the unsubscriber. */
  subscribe(listener: () => void): () => void;
  /** Reads one Telemetry from the API server, not from the cache. */
  getTelemetry(
    namespace: string,
    name: string,
    options?: ClusterReadOptions,
  ): Promise<Telemetry | undefined>;
  /** Create only: ConflictError if it exists. Strict field validation. */
  createTelemetry(
    telemetry: Telemetry,
    options?: TelemetryWriteOptions,
  ): Promise<TelemetryWriteResult>;
  /** `metadata.resourceVersion` and `uid` are preconditions. */
  replaceTelemetry(
    telemetry: Telemetry,
    options?: TelemetryWriteOptions,
  ): Promise<TelemetryWriteResult>;
  /** Deletes only that very object in that very version. */
  deleteTelemetry(
    namespace: string,
    name: string,
    precondition: { uid: string; resourceVersion: string },
    options?: TelemetryWriteOptions,
  ): Promise<void>;
  /**
   * What the workload's proxies did with the configuration they were sent.
   * Absent where the cluster can't tell. Answers within seconds and never
   * rejects: what can't be known is `unknown`, with the reason.
   */
  proxyAcceptance?(
    workload: Workload,
    options: ClusterReadOptions & {
      /** When something that they must be sent was written, milliseconds since the epoch. */
      changedAtMs?: number;
    },
  ): Promise<ProxyAcceptance>;
  /** Starts the watches; resolves at once. */
  start?(): Promise<void>;
  stop?(): Promise<void>;
}
