import {
  formatWorkloadRef,
  overrideTarget,
  visibleText,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  HistoryEntry,
  HistoryPageQuery,
  HistoryQuery,
  HistoryResponse,
  WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';
import { EntityNames, type ReadableRefs } from '../../access';
import { appliedSettings } from './appliedSettings';
import { historyCursor, readHistoryCursor } from './historyCursor';
import type { ChangeRecord } from '../protocol/ChangeRecord';
import type {
  HistorySource,
  SamplingStore,
  StoredChange,
} from '../store/SamplingStore';

/** The entity whose history it is. */
export type HistorySubject = Pick<
  EntityContext,
  'entityRef' | 'match' | 'snapshots'
>;

/** Entries of a page, and of a batch read from the store. */
const MAX_ENTRIES = 200;
/** Batches read for one page, however many are left out. */
const MAX_BATCHES = 5;

/** Reads the history page by page, the newest first. */
export class SamplingHistory {
  readonly #store: Pick<SamplingStore, 'history'>;

  static create(options: {
    store: Pick<SamplingStore, 'history'>;
  }): SamplingHistory {
    return new SamplingHistory(options.store);
  }

  private constructor(store: Pick<SamplingStore, 'history'>) {
    this.#store = store;
  }

  /**
   * Changes of the entity, of its workloads, and of the namespaces and meshes
   * that they are in as a whole. Of another entity's change of these it is told
   * which entity that is only if it is readable. With scope `namespace` also those
   * of other entities in these namespaces that are readable; others are left out
   * and not counted, since their number would tell of entities that the caller may
   * not see.
   */
  async ofEntity(
    context: HistorySubject,
    query: HistoryQuery,
    readable: ReadableRefs,
  ): Promise<HistoryResponse> {
    const own = sourceOf([context]);
    const names = EntityNames.create({ own: [context.entityRef], readable });
    if (query.scope !== 'namespace') {
      return this.#page(own, query, names);
    }
    const namespaces = distinct(
      context.match.workloads,
      ({ cluster, namespace }) => `${cluster}/${namespace}`,
    );
    const ownTargets = new Set(own.workloads.map(formatWorkloadRef));
    const isOwn = (change: ChangeRecord) =>
      change.entityRef === context.entityRef ||
      ownTargets.has(formatWorkloadRef(change.workload));
    return this.#page({ ...own, namespaces }, query, names, async changes => {
      await names.learn(changes.map(({ entityRef }) => entityRef));
      return changes.filter(
        change => isOwn(change) || names.has(change.entityRef),
      );
    });
  }

  /** What {@link SamplingHistory.ofEntity} tells of any of them, as one history. */
  async ofEntities(
    subjects: HistorySubject[],
    query: HistoryPageQuery,
    readable: ReadableRefs,
  ): Promise<HistoryResponse> {
    const source = sourceOf(subjects);
    const names = EntityNames.create({ own: source.entityRefs, readable });
    return this.#page(source, query, names);
  }

  async #page(
    source: HistorySource,
    { cursor, limit = MAX_ENTRIES }: HistoryPageQuery,
    names: EntityNames,
    shown?: (changes: StoredChange[]) => Promise<StoredChange[]>,
  ): Promise<HistoryResponse> {
    const entries: StoredChange[] = [];
    let beforeSeq =
      cursor === undefined ? undefined : readHistoryCursor(cursor);
    const size = shown ? MAX_ENTRIES : limit;
    let more = true;
    for (
      let batch = 0;
      more && batch < MAX_BATCHES && entries.length < limit;
      batch++
    ) {
      const read = await this.#store.history({
        ...source,
        beforeSeq,
        // One more than can be shown tells whether there are older ones.
        limit: size + 1,
      });
      const candidates = read.slice(0, size);
      const visible = shown ? await shown(candidates) : candidates;
      const fitting = visible.slice(0, limit - entries.length);
      entries.push(...fitting);
      const full = fitting.length < visible.length;
      more = full || read.length > size;
      beforeSeq = (full ? fitting : candidates).at(-1)?.seq ?? beforeSeq;
    }
    await names.learn(entries.map(({ entityRef }) => entityRef));
    return {
      entries: entries.map(entry => toHistoryEntry(entry, names)),
      ...(more &&
        beforeSeq !== undefined && { nextCursor: historyCursor(beforeSeq) }),
    };
  }
}

/** The entities, their workloads, and what these are in as a whole. */
function sourceOf(subjects: HistorySubject[]) {
  return {
    entityRefs: subjects.map(({ entityRef }) => entityRef),
    workloads: distinct(
      subjects.flatMap(subject => [
        ...subject.match.workloads,
        ...wideTargets(subject),
      ]),
      formatWorkloadRef,
    ),
  };
}

/** The namespaces and meshes of an entity's workloads: they change it too. */
function wideTargets({ match, snapshots }: HistorySubject): WorkloadRef[] {
  const targets = match.workloads.flatMap(workload => {
    const meshConfig = snapshots.find(
      ({ cluster }) => cluster === workload.cluster,
    )?.inputs.meshConfig;
    return meshConfig
      ? (['namespace', 'mesh'] as const).map(scope =>
          overrideTarget(scope, workload, meshConfig),
        )
      : [];
  });
  return distinct(targets, formatWorkloadRef);
}

function distinct<T>(items: T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map(item => [keyOf(item), item])).values()];
}

function toHistoryEntry(
  change: ChangeRecord,
  names: EntityNames,
): HistoryEntry {
  return {
    id: change.id,
    at: new Date(change.atMs).toISOString(),
    kind: change.kind,
    actor: change.actor,
    ...(names.has(change.entityRef) && {
      entityRef: change.entityRef,
      onBehalfOf: change.onBehalfOf,
    }),
    workload: change.workload,
    reason: change.reason && visibleText(change.reason),
    expiresAt: change.expiresAt,
    before: change.before && visibleText(change.before),
    after: change.after && visibleText(change.after),
    settings: appliedSettings(change),
    outcome: change.outcome,
    message: change.message && visibleText(change.message),
  };
}
