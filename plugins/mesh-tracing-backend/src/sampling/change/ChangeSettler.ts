import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import type { SamplingAudit } from '../../audit';
import type { MeshClusters } from '../../clusters';
import { isErrorNamed } from '../../shared/isErrorNamed';
import type { OutsideRecorder } from '../outside/OutsideRecorder';
import { isRemoval, type ChangeRecord } from '../protocol/ChangeRecord';
import {
  decideSettlement,
  isWrittenBy,
  WRITE_GRACE_MS,
  type Evidence,
} from '../protocol/decideSettlement';
import type { SamplingStore } from '../store/SamplingStore';

/** What ChangeSettler works with. */
export interface ChangeSettlerOptions {
  store: SamplingStore;
  clusters: MeshClusters;
  outside: Pick<OutsideRecorder, 'recordGone'>;
  audit: Pick<SamplingAudit, 'settled'>;
}

/**
 * Finds out how a pending change ended, by what the cluster has. The id of the
 * change on the object says whether it was written.
 */
export class ChangeSettler {
  readonly #store: SamplingStore;
  readonly #clusters: MeshClusters;
  readonly #outside: Pick<OutsideRecorder, 'recordGone'>;
  readonly #audit: Pick<SamplingAudit, 'settled'>;

  static create(options: ChangeSettlerOptions): ChangeSettler {
    return new ChangeSettler(options);
  }

  private constructor(options: ChangeSettlerOptions) {
    this.#store = options.store;
    this.#clusters = options.clusters;
    this.#outside = options.outside;
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
    const decision = decideSettlement(
      record,
      await this.#evidence(record, cluster),
      now,
    );
    switch (decision.do) {
      case 'settle':
        if (decision.goneFirst) {
          await this.#outside.recordGone(decision.goneFirst);
        }
        return this.#store.settle(record.id, decision.settlement);
      case 'discard':
        await this.#store.discard(record.id);
        return false;
      default:
        return false;
    }
  }

  /** First what the cluster has: whatever the history gains after that explains it. */
  async #evidence(
    record: ChangeRecord,
    cluster: MeshCluster,
  ): Promise<Evidence> {
    const { namespace } = record.workload;
    const object = await cluster.getTelemetry(namespace, record.telemetryName);
    if (isRemoval(record) || record.changeId === undefined) {
      return { object };
    }
    if (object && isWrittenBy(object, record)) {
      return {
        object,
        writer: await this.#store.findByChange(record.changeId),
      };
    }
    const later = await this.#store.findByBase(record.changeId);
    const name = {
      cluster: cluster.name,
      namespace,
      name: record.telemetryName,
    };
    return {
      object,
      later,
      ...(later && { remembered: await this.#store.statesOf(name) }),
    };
  }

  /** Undefined when the cluster was taken out of the configuration. */
  #clusterOf(record: ChangeRecord): MeshCluster | undefined {
    try {
      return this.#clusters.get(record.workload.cluster);
    } catch (error) {
      if (isErrorNamed(error, 'NotFoundError')) {
        return undefined;
      }
      throw error;
    }
  }
}
