import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  normalizeTraceId,
  senderBelongsTo,
  tracesReadPermission,
  type LocatedTrace,
  type TraceSender,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceStore,
  WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';
import type { CallerAccess, CallerContext, EntityAccess } from '../access';
import type { MeshClusters } from '../clusters';
import type { EntityContext } from '../shared/EntityContext';
import { withErrorDetails } from '../shared/errorDetails';
import { readTrace, subjectOf } from '../traces';
import { callTraceStore, readOptionsOf } from '../tracestore';
import { namedEntity, type TraceServiceNames } from '../workloads';

/** As many as a reader chooses from. */
const MAX_ENTITIES = 20;

/** What {@link TraceLocator} is made of. */
export interface TraceLocatorOptions {
  access: Pick<EntityAccess, 'forTracesOf'>;
  callers: Pick<CallerAccess, 'ownedEntities'>;
  clusters: Pick<MeshClusters, 'snapshots'>;
  names: Pick<TraceServiceNames, 'find' | 'storeOf'>;
  resolver: WorkloadResolver;
}

/**
 * Finds which of a caller's own entities a trace belongs to. A trace that none of them
 * has a span in, as far as the caller may read its traces there, does not exist for the
 * caller, in the same words as one that nobody knows.
 */
export class TraceLocator {
  readonly #options: TraceLocatorOptions;

  static create(options: TraceLocatorOptions): TraceLocator {
    return new TraceLocator(options);
  }

  private constructor(options: TraceLocatorOptions) {
    this.#options = options;
  }

  /**
   * @throws NotFoundError where no entity of the caller has a span in it; what a store
   *   throws where one fails and no other has the trace
   */
  async locate(
    caller: CallerContext,
    given: string,
    signal?: AbortSignal,
  ): Promise<LocatedTrace> {
    const traceId = normalizeTraceId(given);
    const contexts = traceId ? await this.#owned(caller, signal) : [];
    const located: LocatedTrace['entities'] = [];
    let failure: unknown;
    for (const [store, own] of this.#byStore(contexts)) {
      try {
        const senders = await sendersOf(store, traceId, own[0]);
        for (const context of senders.length > 0 ? own : []) {
          if (
            located.length < MAX_ENTITIES &&
            (await this.#hasOne(context, senders)) &&
            (await this.#isShown(context, senders))
          ) {
            located.push(linkOf(context));
          }
        }
      } catch (error) {
        failure ??= error;
      }
    }
    if (traceId && located.length > 0) {
      return { traceId, entities: located };
    }
    throw failure ?? notFound(given);
  }

  async #owned(
    caller: CallerContext,
    signal: AbortSignal | undefined,
  ): Promise<EntityContext[]> {
    const { callers, clusters, resolver } = this.#options;
    const entities = await callers.ownedEntities(
      caller,
      caller.ownershipRefs,
      tracesReadPermission,
    );
    const snapshots = clusters.snapshots();
    return entities.map(entity => ({
      ...caller,
      ...(signal ? { signal } : {}),
      entity,
      entityRef: stringifyEntityRef(entity),
      match: resolver.resolve(entity, snapshots),
      // Until it is asked, the entity stands for nothing.
      binding: { workloads: new Map() },
      snapshots,
    }));
  }

  /** Of entities whose store can't be told, none is in a store. */
  #byStore(contexts: EntityContext[]): Map<TraceStore, EntityContext[]> {
    const byStore = new Map<TraceStore, EntityContext[]>();
    for (const context of contexts) {
      const store = this.#storeOf(context);
      if (store) {
        byStore.set(store, [...(byStore.get(store) ?? []), context]);
      }
    }
    return byStore;
  }

  #storeOf(context: EntityContext): TraceStore | undefined {
    try {
      return this.#options.names.storeOf(namedEntity(context));
    } catch {
      return undefined;
    }
  }

  /** Whether a sender is the entity's, by all that the entity names. */
  async #hasOne(
    context: EntityContext,
    senders: readonly TraceSender[],
  ): Promise<boolean> {
    const { found } = await this.#options.names.find(
      namedEntity(context),
      readOptionsOf(context),
    );
    const subject = subjectOf(context, found);
    return senders.some(({ service, identity }) =>
      senderBelongsTo(service, identity, subject),
    );
  }

  /** The same by what the caller may read through the entity. */
  async #isShown(
    context: EntityContext,
    senders: readonly TraceSender[],
  ): Promise<boolean> {
    try {
      const readable = await this.#options.access.forTracesOf(
        context,
        context.entity,
      );
      return await this.#hasOne(readable, senders);
    } catch (error) {
      if (error instanceof NotAllowedError) {
        return false;
      }
      throw error;
    }
  }
}

async function sendersOf(
  store: TraceStore,
  traceId: string | undefined,
  context: EntityContext | undefined,
): Promise<readonly TraceSender[]> {
  if (!traceId || !context) {
    return [];
  }
  const reading = await callTraceStore(
    store,
    s => readTrace(s, traceId, undefined, readOptionsOf(context)),
    context.signal,
  );
  return reading?.head.senders ?? [];
}

function linkOf({
  entity,
  entityRef,
}: {
  entity: Entity;
  entityRef: string;
}): LocatedTrace['entities'][number] {
  const { title } = entity.metadata;
  return { entityRef, ...(title ? { title } : {}) };
}

function notFound(given: string): Error {
  return withErrorDetails(
    new NotFoundError(
      `No trace ${given} with a span of an entity that you own was found`,
    ),
    {
      system: 'trace-store',
      whatToDo:
        'It may have expired or not have arrived yet; if it belongs to an entity of others, open it there.',
    },
  );
}
