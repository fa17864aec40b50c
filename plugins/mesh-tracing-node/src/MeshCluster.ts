import type {
  MeshInjection,
  MeshTracingInputs,
  NamespaceGitOps,
  ProxyAcceptance,
  ServiceEndpoints,
  Telemetry,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';

/** Something of a cluster that could not be read, and what is assumed instead. @public */
export interface MeshReadProblem {
  /** Such as `telemetries`, `pods`, `mesh config`. */
  what: string;
  /** What happened, in plain words. */
  message: string;
  /** What someone with access to the cluster can do about it. */
  whatToDo: string;
}

/**
 * A consistent view of one cluster, from memory; no call is made to get it.
 * @public
 */
export interface MeshSnapshot {
  /** Name of the cluster. */
  cluster: string;
  /**
   * `syncing`: never read completely. `synced`: the watches are open.
   * `stale`: a watch is broken; the content is as of `syncedAtMs`.
   */
  state: 'syncing' | 'synced' | 'stale';
  /** Milliseconds since the epoch; undefined before the first sync. */
  syncedAtMs?: number;
  /** What decides about tracing. */
  inputs: MeshTracingInputs;
  /** All that run or could run, as `buildWorkloads` makes them of pods and their owners. */
  workloads: Workload[];
  /**
   * What namespaces say of who changes things in them, by name. Absent where they
   * can't be read: whether a repository holds one is not known then.
   */
  namespaces?: ReadonlyMap<string, NamespaceGitOps>;
  /**
   * What decides which pods get a proxy, for the diagnosis. Absent, or absent in
   * parts, where it isn't known.
   */
  injection?: MeshInjection;
  /** Empty when everything could be read. */
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
  /** The object as it is stored, or would be. */
  telemetry: Telemetry;
  /** From `Warning` headers, webhook warnings included. */
  warnings: string[];
}

/** The object that a deletion is about, and no other version of it. @public */
export interface DeletePrecondition {
  /** `metadata.uid`. */
  uid: string;
  /** `metadata.resourceVersion`. */
  resourceVersion: string;
}

/** What acceptance is asked about. @public */
export interface AcceptanceOptions extends ClusterReadOptions {
  /**
   * When the latest configuration that the proxies must be sent was written,
   * milliseconds since the epoch.
   */
  changedAtMs?: number;
}

/**
 * One cluster of the mesh: a view of what decides about tracing, and writes of
 * Telemetry resources.
 *
 * `name`, `snapshot` and `getTelemetry` are enough to show effective tracing. A
 * cluster without the three writes is read only: a preview says that the cluster
 * refuses the change, and nothing is applied.
 *
 * Writes throw `@backstage/errors`: InputError (schema, strict fields or
 * webhook refused; the message names the field), NotAllowedError (RBAC),
 * ConflictError (exists already, or a stale resource version),
 * NotFoundError, ServiceUnavailableError (API server away or too slow).
 * @public
 */
export interface MeshCluster {
  /** Unique among the clusters; what annotations and answers name it by. */
  readonly name: string;
  /** Name of the trace store that holds this cluster's traces. Absent: the only store there is. */
  readonly traceStore?: string;
  /** True when the mesh is simulated; the UI says so. */
  readonly simulated?: boolean;
  /** Answers at once, from memory. */
  snapshot(): MeshSnapshot;
  /**
   * Calls back after each change of the snapshot. Returns the unsubscriber.
   * Absent: changes from outside are noticed when someone looks.
   */
  subscribe?(listener: () => void): () => void;
  /** Reads one Telemetry from the API server, not from the cache; undefined where there is none. */
  getTelemetry(
    namespace: string,
    name: string,
    options?: ClusterReadOptions,
  ): Promise<Telemetry | undefined>;
  /**
   * Creates a Telemetry with strict field validation, and never replaces one:
   * ConflictError if it exists.
   */
  createTelemetry?(
    telemetry: Telemetry,
    options?: TelemetryWriteOptions,
  ): Promise<TelemetryWriteResult>;
  /**
   * Replaces a Telemetry. Its `metadata.resourceVersion` and `uid` are
   * preconditions: ConflictError if another version is stored.
   */
  replaceTelemetry?(
    telemetry: Telemetry,
    options?: TelemetryWriteOptions,
  ): Promise<TelemetryWriteResult>;
  /** Deletes only that very object in that very version. */
  deleteTelemetry?(
    namespace: string,
    name: string,
    precondition: DeletePrecondition,
    options?: TelemetryWriteOptions,
  ): Promise<void>;
  /**
   * What the workload's proxies did with the configuration they were sent.
   * Absent where the cluster can't tell. Answers within seconds and never
   * rejects: what can't be known is `unknown`, with the reason.
   */
  proxyAcceptance?(
    workload: Workload,
    options: AcceptanceOptions,
  ): Promise<ProxyAcceptance>;
  /**
   * What stands behind a Kubernetes Service, such as that of a trace collector.
   * Absent where the cluster can't tell. Answers within seconds and never rejects:
   * what can't be known is `unknown`, with the reason and what would tell.
   */
  serviceEndpoints?(
    service: { namespace: string; name: string },
    options?: ClusterReadOptions,
  ): Promise<ServiceEndpoints>;
  /** Starts the watches; resolves at once. */
  start?(): Promise<void>;
  /** Ends the watches, when the backend stops. */
  stop?(): Promise<void>;
}
