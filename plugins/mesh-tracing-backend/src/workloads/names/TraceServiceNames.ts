import type { Entity } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  ANNOTATION_SERVICE_NAMES,
  ANNOTATION_TRACE_STORE,
  shortened,
  traceServiceNameCandidates,
  type TraceServiceName,
  type TraceServiceNameCandidate,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshSnapshot,
  TraceReadOptions,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import type { MeshClusters } from '../../clusters';
import { TtlCache } from '../../shared/TtlCache';
import { withErrorDetails } from '../../shared/errorDetails';
import { callTraceStore, type TraceStores } from '../../tracestore';
import { canHaveWorkloads } from '../resolver/canHaveWorkloads';
import {
  listedServiceNames,
  type ListedServiceName,
} from './listedServiceNames';

/** The parts of an entity that its trace service names depend on. */
export interface NamedEntity {
  entity: Entity;
  workloads: Workload[];
  snapshots: MeshSnapshot[];
}

/** A trace store, and which of the entity's names it knows. */
export interface FoundNames {
  store: TraceStore;
  names: TraceServiceName[];
  /** The names that the store knows and that are the entity's. */
  found: string[];
  /** All under which its spans may be: with the names of waypoints before it. */
  searched: string[];
}

const SERVICES_TTL_MS = 15_000;

/** Matches the names an entity may have in traces against what a store holds. */
export class TraceServiceNames {
  readonly #clusters: MeshClusters;
  readonly #stores: TraceStores;
  readonly #services = TtlCache.create<ReadonlySet<string>>({
    ttlMs: SERVICES_TTL_MS,
    max: 100,
  });

  static create(options: {
    clusters: MeshClusters;
    stores: TraceStores;
  }): TraceServiceNames {
    return new TraceServiceNames(options);
  }

  private constructor(options: {
    clusters: MeshClusters;
    stores: TraceStores;
  }) {
    this.#clusters = options.clusters;
    this.#stores = options.stores;
  }

  /**
   * The store that holds the entity's traces: the one that the entity names,
   * else that of its workloads' cluster, else the only one there is.
   *
   * @throws InputError when the entity names a store that is not configured;
   *   NotFoundError when there is no store, or several and nothing says which.
   */
  storeOf({ entity, workloads }: NamedEntity): TraceStore {
    const stores = this.#stores.list();
    const named = entity.metadata.annotations?.[ANNOTATION_TRACE_STORE];
    if (named) {
      const store = stores.find(({ name }) => name === named);
      if (!store) {
        throw noSuchStore(named, stores);
      }
      return store;
    }
    const ofCluster = this.#clusters
      .list()
      .filter(({ name }) => workloads.some(({ cluster }) => cluster === name))
      .map(({ traceStore }) => stores.find(({ name }) => name === traceStore))
      .find(store => store !== undefined);
    const store = ofCluster ?? (stores.length === 1 ? stores[0] : undefined);
    if (!store) {
      throw noStore(stores);
    }
    return store;
  }

  /** Names that the entity may have in traces, the likeliest first, each once. */
  candidates(subject: NamedEntity): TraceServiceNameCandidate[] {
    if (!canHaveWorkloads(subject.entity)) {
      return [];
    }
    const listed = listedServiceNames(subject.entity);
    if (
      listed.some(({ annotation }) => annotation === ANNOTATION_SERVICE_NAMES)
    ) {
      return uniqueByName(listed.map(toCandidate));
    }
    const computed = subject.workloads.flatMap(workload =>
      traceServiceNameCandidates(
        workload,
        subject.snapshots.find(({ cluster }) => cluster === workload.cluster)
          ?.inputs.meshConfig,
      ),
    );
    return uniqueByName([...listed.map(toCandidate), ...computed]);
  }

  /** @throws what {@link storeOf} throws, and ServiceUnavailableError when the store is away. */
  async find(
    subject: NamedEntity,
    options?: TraceReadOptions,
  ): Promise<FoundNames> {
    const store = this.storeOf(subject);
    const candidates = this.candidates(subject);
    if (candidates.length === 0) {
      return { store, names: [], found: [], searched: [] };
    }
    const services = await this.#servicesOf(store, options);
    const names = candidates.map(candidate => ({
      ...candidate,
      found: services.has(candidate.name),
    }));
    const known = names.filter(({ found }) => found);
    return {
      store,
      names,
      found: known.filter(({ shared }) => !shared).map(({ name }) => name),
      searched: known.map(({ name }) => name),
    };
  }

  #servicesOf(
    store: TraceStore,
    options: TraceReadOptions | undefined,
  ): Promise<ReadonlySet<string>> {
    return this.#services.get(
      store.name,
      async signal => {
        const services = await callTraceStore(
          store,
          s => s.services({ ...options, signal }),
          signal,
        );
        return new Set(services);
      },
      options?.signal,
    );
  }
}

function toCandidate({
  name,
  annotation,
}: ListedServiceName): TraceServiceNameCandidate {
  return { name, reason: `Annotation ${annotation}` };
}

function uniqueByName(
  candidates: TraceServiceNameCandidate[],
): TraceServiceNameCandidate[] {
  const byName = new Map<string, TraceServiceNameCandidate>();
  for (const { name, reason, shared } of candidates) {
    const known = byName.get(name);
    // What is an entity's own name is so, though it is that of its waypoint, too.
    if (!known || (known.shared && !shared)) {
      byName.set(name, { name, reason, ...(shared && { shared }) });
    }
  }
  return [...byName.values()];
}

function noSuchStore(named: string, stores: TraceStore[]): Error {
  const known = stores.map(({ name }) => name).join(', ') || 'none';
  return withErrorDetails(
    new InputError(
      `The entity names the trace store '${shortened(
        named,
      )}', which is not configured`,
    ),
    {
      system: 'portal',
      field: ANNOTATION_TRACE_STORE,
      whatToDo: `Set the annotation ${ANNOTATION_TRACE_STORE} to one of: ${known}.`,
    },
  );
}

function noStore(stores: TraceStore[]): Error {
  return stores.length === 0
    ? withErrorDetails(new NotFoundError('No trace store is configured'), {
        system: 'portal',
        whatToDo:
          'Ask your platform team to add one under meshTracing.traceStores.',
      })
    : withErrorDetails(
        new NotFoundError(
          'There are several trace stores and none is named for this entity',
        ),
        {
          system: 'portal',
          whatToDo: `Set the annotation ${ANNOTATION_TRACE_STORE}, or traceStore of the cluster in meshTracing.clusters.`,
        },
      );
}
