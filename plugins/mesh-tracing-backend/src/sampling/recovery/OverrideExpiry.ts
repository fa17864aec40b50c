import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  isPortalOwned,
  gitOpsOwner,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  GitOpsOwner,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import { randomUUID } from 'node:crypto';
import { errorText } from '../../shared/errorText';
import type { MeshClusters } from '../../clusters';
import { broughtBack } from '../model/describeOwner';
import type { OutsideRecorder } from '../outside/OutsideRecorder';
import { setterOf } from '../announce/setterOf';
import type { OverrideAnnouncer } from '../announce/OverrideAnnouncer';
import { removedObject, type ChangeRecord } from '../protocol/ChangeRecord';
import { expiryRecord, leftRecord } from '../protocol/changeRecords';
import { expiryKey, leftKey, warningKey } from '../protocol/claimKeys';
import { WRITE_GRACE_MS } from '../protocol/decideSettlement';
import { endOf, hasEnded } from '../protocol/overrideState';
import type { OverrideWriter } from '../change/OverrideWriter';
import type { SamplingAudit } from '../../audit';
import type { SamplingStore } from '../store/SamplingStore';

const DEFAULT_WARN_BEFORE_MS = 10 * 60 * 1000;

/** What OverrideExpiry works with. */
export interface OverrideExpiryOptions {
  clusters: MeshClusters;
  store: SamplingStore;
  writer: OverrideWriter;
  announcer: OverrideAnnouncer;
  audit: Pick<SamplingAudit, 'refused'>;
  outside: Pick<OutsideRecorder, 'note'>;
  logger: LoggerService;
  /** How long before its end the one who set an override is warned. */
  warnBeforeMs?: number;
  now?: () => Date;
}

/**
 * Ends overrides on time. The end stands on the object, so it survives the loss
 * of the database; the claim stands in the database, so that of several
 * replicas one acts, and another takes over if that one dies.
 */
export class OverrideExpiry {
  readonly #options: OverrideExpiryOptions;
  readonly #now: () => Date;

  static create(options: OverrideExpiryOptions): OverrideExpiry {
    return new OverrideExpiry(options);
  }

  private constructor(options: OverrideExpiryOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Ends what is over and warns of what soon will be. Never throws. */
  async run(): Promise<void> {
    for (const cluster of this.#options.clusters.list()) {
      const snapshot = cluster.snapshot();
      const owned = snapshot.inputs.telemetries.filter(isPortalOwned);
      for (const telemetry of owned) {
        try {
          await this.#look(cluster, telemetry);
        } catch (error) {
          const { namespace, name } = telemetry.metadata;
          this.#options.logger.warn(
            `Override ${namespace}/${name} in cluster ${
              cluster.name
            } could not be ended, trying again: ${errorText(error)}`,
          );
        }
      }
    }
  }

  async #look(cluster: MeshCluster, telemetry: Telemetry): Promise<void> {
    const now = this.#now();
    if (hasEnded(telemetry, now)) {
      await this.#expire(cluster, telemetry);
      return;
    }
    const end = endOf(telemetry);
    const warnBeforeMs = this.#options.warnBeforeMs ?? DEFAULT_WARN_BEFORE_MS;
    if (end && end.getTime() - now.getTime() <= warnBeforeMs) {
      await this.#warn(cluster, telemetry, end);
    }
  }

  async #expire(cluster: MeshCluster, cached: Telemetry): Promise<void> {
    const { namespace, name } = cached.metadata;
    const object = await cluster.getTelemetry(namespace, name);
    const isDue =
      object && isPortalOwned(object) && hasEnded(object, this.#now());
    if (!isDue) {
      return;
    }
    await this.#options.outside.note(cluster, object.metadata, object);
    const owner = gitOpsOwner(object.metadata);
    if (owner) {
      await this.#leave(cluster, object, owner);
      return;
    }
    const record = await this.#begin(cluster, object);
    if (!record) {
      return;
    }
    await this.#options.writer.remove(cluster, record);
    await this.#options.announcer.expired(record, setterOf(object));
  }

  /** A deletion would be undone by the tool that manages it: told, once per end. */
  async #leave(
    cluster: MeshCluster,
    object: Telemetry,
    owner: GitOpsOwner,
  ): Promise<void> {
    const { announcer, audit, store } = this.#options;
    const record = leftRecord(
      cluster.name,
      object,
      broughtBack('Not removed: it', owner),
      this.#now(),
    );
    const key = leftKey(removedObject(record), record.expiresAt);
    if (await store.recordSeen(key, record, {})) {
      await audit.refused(record, new NotAllowedError(record.message));
      await announcer.leftInPlace(record, setterOf(object));
    }
  }

  /** The intent to end an object, if it is this runner's to carry out. */
  async #begin(
    cluster: MeshCluster,
    object: Telemetry,
  ): Promise<ChangeRecord | undefined> {
    const { store } = this.#options;
    const now = this.#now();
    const nowMs = now.getTime();
    const record = expiryRecord(cluster.name, object, now);
    const key = expiryKey(removedObject(record));
    if (await store.claim(key, record.id, nowMs)) {
      await store.begin(record);
      return record;
    }
    const holder = await store.takeOver(key, nowMs, nowMs - WRITE_GRACE_MS);
    if (!holder) {
      return undefined;
    }
    const continued = { ...record, id: holder };
    const stored = await store.find(holder);
    if (!stored) {
      await store.begin(continued);
      return continued;
    }
    return stored.outcome === 'pending' ? continued : undefined;
  }

  /** Once per end: the claim comes first, so a crash loses it rather than doubles it. */
  async #warn(
    cluster: MeshCluster,
    telemetry: Telemetry,
    end: Date,
  ): Promise<void> {
    const { namespace, uid = '' } = telemetry.metadata;
    const first = await this.#options.store.claim(
      warningKey({ cluster: cluster.name, namespace, uid }, end.toISOString()),
      randomUUID(),
      this.#now().getTime(),
    );
    if (first) {
      await this.#options.announcer.endsSoon(cluster.name, telemetry, end);
    }
  }
}
