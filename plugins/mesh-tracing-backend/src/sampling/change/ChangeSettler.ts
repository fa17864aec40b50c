import { NotFoundError } from '@backstage/errors';
import { overrideView } from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import type { MeshClusters } from '../../clusters';
import { GIVEN_UP, OVERTAKEN } from '../outside/findLateRevert';
import type { OutsideChanges } from '../outside/OutsideChanges';
import { endOf, removalKey, stateOf } from '../store/overrideState';
import type { SamplingAudit } from '../../audit';
import type {
  ChangeRecord,
  OverrideState,
  SamplingStore,
} from '../store/SamplingStore';
import { changeIdOf, telemetryContent } from '../model/telemetryContent';

/** Longer than any write to an API server may take. */
export const WRITE_GRACE_MS = 30_000;

/** What ChangeSettler works with. */
export interface ChangeSettlerOptions {
  store: SamplingStore;
  clusters: MeshClusters;
  outsideChanges: Pick<OutsideChanges, 'recordGone'>;
  audit: Pick<SamplingAudit, 'settled'>;
}

/**
 * Finds out how a pending change ended, by what the cluster has. The id of the
 * change on the object says whether it was written.
 */
export class ChangeSettler {
  readonly #store: SamplingStore;
  readonly #clusters: MeshClusters;
  readonly #outsideChanges: Pick<OutsideChanges, 'recordGone'>;
  readonly #audit: Pick<SamplingAudit, 'settled'>;

  static create(options: ChangeSettlerOptions): ChangeSettler {
    return new ChangeSettler(options);
  }

  private constructor(options: ChangeSettlerOptions) {
    this.#store = options.store;
    this.#clusters = options.clusters;
    this.#outsideChanges = options.outsideChanges;
    this.#audit = options.audit;
  }

  /**
   * Settles every change that has been pending for longer than a write may
   * take, and gives those that it settled.
   */
  async settleAll(now: Date): Promise<{
    settled: ChangeRecord[];
    failures: unknown[];
  }> {
    const records = await this.#store.pending(now.getTime() - WRITE_GRACE_MS);
    const settled: ChangeRecord[] = [];
    const failures: unknown[] = [];
    for (const record of records) {
      try {
        if (await this.settle(record, now)) {
          settled.push((await this.#store.find(record.id)) ?? record);
        }
      } catch (error) {
        // One cluster that is away must not keep the others from being settled.
        failures.push(error);
      }
    }
    return { settled, failures };
  }

  /**
   * Settles one change if it can be told how it ended; a young one that has no
   * trace in the cluster may still be on its way and stays pending. True for
   * the one caller that settled it.
   */
  async settle(record: ChangeRecord, now: Date): Promise<boolean> {
    const isSettled = await this.#settle(record, now);
    if (isSettled) {
      // As it stands now: of two who removed an object, one is superseded.
      await this.#audit.settled((await this.#store.find(record.id)) ?? record);
    }
    return isSettled;
  }

  async #settle(record: ChangeRecord, now: Date): Promise<boolean> {
    const cluster = this.#clusterOf(record);
    if (!cluster) {
      return false;
    }
    const object = await cluster.getTelemetry(
      record.workload.namespace,
      record.telemetryName,
    );
    const isYoung = record.atMs > now.getTime() - WRITE_GRACE_MS;
    return record.kind === 'revert' || record.kind === 'expire'
      ? this.#settleRemoval(record, object, { isYoung, now })
      : this.#settleWrite(record, object, { isYoung, now, cluster });
  }

  async #settleWrite(
    record: ChangeRecord,
    object: Telemetry | undefined,
    options: { isYoung: boolean; now: Date; cluster: MeshCluster },
  ): Promise<boolean> {
    const { cluster, now } = options;
    if (object && isWrittenBy(object, record)) {
      const writer = await this.#store.findByChange(record.changeId ?? '');
      if (writer?.outcome === 'succeeded' && writer.id !== record.id) {
        const message = 'Another attempt with the same preview was written';
        return this.#store.settle(record.id, {
          outcome: 'superseded',
          message,
          error: { name: 'ConflictError', message },
        });
      }
      return this.#store.settle(record.id, {
        outcome: 'succeeded',
        uid: object.metadata.uid,
        content: telemetryContent(object),
        response: { override: overrideView(object, false), warnings: [] },
        put: stateOf(cluster.name, object, record, now.getTime()),
      });
    }
    const later =
      record.changeId === undefined
        ? undefined
        : await this.#store.findByBase(record.changeId);
    if (later) {
      return this.#settleOverwritten(record, later, object, now);
    }
    if (options.isYoung) {
      return false;
    }
    const isUntouched =
      object?.metadata.uid === record.baseUid &&
      object?.metadata.resourceVersion === record.baseResourceVersion;
    const message = isUntouched ? GIVEN_UP : OVERTAKEN;
    return this.#store.settle(record.id, {
      outcome: isUntouched ? 'failed' : 'superseded',
      message,
      error: { name: 'ConflictError', message },
    });
  }

  /** Another change was based on it, so it was written; it may be gone by now. */
  async #settleOverwritten(
    record: ChangeRecord,
    later: ChangeRecord,
    object: Telemetry | undefined,
    now: Date,
  ): Promise<boolean> {
    const state = stateAfter(record, later, now.getTime());
    const isThere = object?.metadata.uid === later.baseUid;
    // First, since it can be repeated: a crash in between loses nothing then.
    if (!isThere) {
      await this.#outsideChanges.recordGone(state);
    }
    const states = await this.#store.statesOf(state);
    const isRemembered = states.some(({ uid }) => uid === state.uid);
    const message = 'Written, and changed again since';
    return this.#store.settle(record.id, {
      outcome: 'succeeded',
      uid: later.baseUid,
      error: { name: 'ConflictError', message },
      // Else nobody would miss the object if others removed it next.
      ...(isThere && !isRemembered && { put: state }),
    });
  }

  async #settleRemoval(
    record: ChangeRecord,
    object: Telemetry | undefined,
    options: { isYoung: boolean; now: Date },
  ): Promise<boolean> {
    const uid = record.baseUid ?? '';
    if (object?.metadata.uid !== uid) {
      const key = {
        cluster: record.workload.cluster,
        namespace: record.workload.namespace,
        name: record.telemetryName,
        uid,
      };
      return this.#store.settle(record.id, {
        outcome: 'succeeded',
        onceKey: removalKey(key),
        forget: key,
      });
    }
    if (record.kind === 'expire') {
      if (!hasEnded(object, options.now)) {
        await this.#store.discard(record.id);
      }
      return false;
    }
    return (
      !options.isYoung &&
      this.#store.settle(record.id, { outcome: 'failed', message: GIVEN_UP })
    );
  }

  /** Undefined when the cluster was taken out of the configuration. */
  #clusterOf(record: ChangeRecord): MeshCluster | undefined {
    try {
      return this.#clusters.get(record.workload.cluster);
    } catch (error) {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }
}

/** The state that a change left, as the next one found it. */
function stateAfter(
  record: ChangeRecord,
  later: ChangeRecord,
  nowMs: number,
): OverrideState {
  const { cluster, namespace, kind, name } = record.workload;
  return {
    cluster,
    namespace,
    name: record.telemetryName,
    uid: later.baseUid ?? '',
    resourceVersion: later.baseResourceVersion ?? '',
    changeId: record.changeId,
    content: record.content ?? '',
    spec: record.after ?? '',
    entityRef: record.entityRef,
    workload: { kind, name },
    recordedAtMs: nowMs,
  };
}

/** The object carries the id of the change that wrote it. */
function isWrittenBy(object: Telemetry, record: ChangeRecord): boolean {
  return (
    record.changeId !== undefined && changeIdOf(object) === record.changeId
  );
}

/** Whether the end that stands on an object has passed. */
export function hasEnded(telemetry: Telemetry, now: Date): boolean {
  const end = endOf(telemetry);
  return end !== undefined && end.getTime() <= now.getTime();
}
