import type { LoggerService } from '@backstage/backend-plugin-api';
import { isPortalOwned } from 'backstage-plugin-mesh-tracing-common';
import type {
  ProxyAcceptance,
  Telemetry,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshCluster,
  MeshSnapshot,
} from 'backstage-plugin-mesh-tracing-node';
import { randomUUID } from 'node:crypto';
import { errorText } from '../../shared/errorText';
import type { MeshClusters } from '../../clusters';
import { isRefusedSince } from './isRefusedSince';
import { isCurrent, versionOf } from './overrideVersion';
import { reachedBy } from './reachedBy';
import type { OverrideAnnouncer } from '../announce/OverrideAnnouncer';
import { setterOf } from '../announce/setterOf';
import type { SamplingAudit } from '../../audit';
import { lastWriteMs } from '../../shared/lastWriteMs';
import { refusalKey } from '../protocol/claimKeys';
import type { SamplingStore } from '../store/SamplingStore';
import { changeIdOf } from '../model/telemetryContent';

/** Proxies that have not answered by then are beyond what a change can tell. */
const WATCHED_MS = 60 * 60_000;
/** How long one look at one cluster may take; the task itself may take longer. */
const MAX_RUN_MS = 60_000;

/** What AcceptanceWatch works with. */
export interface AcceptanceWatchOptions {
  clusters: MeshClusters;
  store: Pick<SamplingStore, 'claim' | 'findByChange'>;
  announcer: OverrideAnnouncer;
  audit: SamplingAudit;
  logger: LoggerService;
  now?: () => Date;
}

/**
 * What is known of one version of an override: `settled` needs no more asking, `open`
 * does, and `away` says that istiod does not answer.
 */
type Verdict = 'settled' | 'open' | 'away';

/** One version of an override, and where it was seen. */
interface Look {
  cluster: MeshCluster;
  snapshot: MeshSnapshot;
  telemetry: Telemetry;
  version: string;
  isOver: () => boolean | undefined;
}

/** A refusal, and the workload where it was seen. */
interface Refusal {
  workload: Workload;
  acceptance: ProxyAcceptance;
}

/**
 * Asks what the proxies made of each change of an override, where the cluster
 * can tell, until all have accepted it or an hour has passed. A refusal is told
 * once for each change: the proxies keep their former configuration, and no later
 * change of anyone reaches them. A proxy that refused before the change and was
 * sent its configuration again can't be told from one that refuses the change.
 */
export class AcceptanceWatch {
  readonly #options: AcceptanceWatchOptions;
  readonly #now: () => Date;
  /**
   * Versions of overrides that need no more asking, by cluster; other replicas may
   * ask again.
   */
  readonly #done = new Map<string, Set<string>>();

  static create(options: AcceptanceWatchOptions): AcceptanceWatch {
    return new AcceptanceWatch(options);
  }

  private constructor(options: AcceptanceWatchOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Looks at all overrides in force, for a minute at most. Never throws.
   *
   * @param signal - stops it after the question that is open
   */
  async run(signal?: AbortSignal): Promise<void> {
    const endMs = this.#now().getTime() + MAX_RUN_MS;
    const isOver = () => signal?.aborted || this.#now().getTime() >= endMs;
    await Promise.all(
      this.#options.clusters
        .list()
        .filter(({ proxyAcceptance }) => proxyAcceptance)
        .map(cluster => this.#lookAtAll(cluster, isOver)),
    );
  }

  /** What a cluster without a full view does not show may be there all the same. */
  async #lookAtAll(
    cluster: MeshCluster,
    isOver: () => boolean | undefined,
  ): Promise<void> {
    const snapshot = cluster.snapshot();
    if (snapshot.state !== 'synced') {
      return;
    }
    const owned = new Map(
      snapshot.inputs.telemetries
        .filter(isPortalOwned)
        .map(telemetry => [versionOf(cluster, telemetry), telemetry]),
    );
    const done = new Set(
      [...(this.#done.get(cluster.name) ?? [])].filter(key => owned.has(key)),
    );
    this.#done.set(cluster.name, done);
    for (const [version, telemetry] of owned) {
      const verdict = done.has(version)
        ? 'settled'
        : await this.#look({ cluster, snapshot, telemetry, version, isOver });
      if (verdict === 'settled') {
        done.add(version);
      }
      if (verdict === 'away' || isOver()) {
        return;
      }
    }
  }

  async #look(look: Look): Promise<Verdict> {
    try {
      return await this.#judge(look);
    } catch (error) {
      const { cluster, telemetry } = look;
      const { namespace, name } = telemetry.metadata;
      this.#options.logger.warn(
        `Whether proxies accept override ${namespace}/${name} in cluster ${
          cluster.name
        } could not be found out, trying again: ${errorText(error)}`,
      );
      return 'open';
    }
  }

  async #judge(look: Look): Promise<Verdict> {
    const { cluster, snapshot, telemetry, version, isOver } = look;
    const { changedAtMs, watchedFromMs } = await this.#times(telemetry);
    if (this.#now().getTime() - watchedFromMs > WATCHED_MS) {
      return 'settled';
    }
    const reached = reachedBy(telemetry, snapshot);
    let areAllAccepted = reached.length > 0;
    for (const workload of reached) {
      if (isOver()) {
        return 'open';
      }
      const acceptance = await cluster.proxyAcceptance?.(workload, {
        changedAtMs,
      });
      if (acceptance?.unanswered) {
        // Neither would any other workload's be, each after a timeout.
        return 'away';
      }
      if (acceptance && isRefusedSince(acceptance, changedAtMs)) {
        if (!(await isCurrent(cluster, telemetry, version))) {
          return 'open';
        }
        await this.#tell(cluster, telemetry, version, { workload, acceptance });
        return 'settled';
      }
      areAllAccepted &&= acceptance?.state === 'accepted';
    }
    return areAllAccepted ? 'settled' : 'open';
  }

  /**
   * The API server's clock is nearer to istiod's than the portal's is: by it, what
   * was sent is before or after the change. The hour is the portal's own.
   */
  async #times(
    telemetry: Telemetry,
  ): Promise<{ changedAtMs: number; watchedFromMs: number }> {
    const changeId = changeIdOf(telemetry);
    const record =
      changeId === undefined
        ? undefined
        : await this.#options.store.findByChange(changeId);
    const recordedAtMs = record?.atMs ?? 0;
    const writtenAtMs = lastWriteMs(telemetry) ?? recordedAtMs;
    return {
      changedAtMs: writtenAtMs,
      watchedFromMs: Math.max(recordedAtMs, writtenAtMs),
    };
  }

  async #tell(
    cluster: MeshCluster,
    telemetry: Telemetry,
    version: string,
    { workload, acceptance }: Refusal,
  ): Promise<void> {
    const { announcer, audit, logger, store } = this.#options;
    const first = await store.claim(
      refusalKey(version),
      randomUUID(),
      this.#now().getTime(),
    );
    if (!first) {
      return;
    }
    const { metadata } = telemetry;
    const words = acceptance.behind.find(({ refused }) => refused)?.message;
    const message = `Proxies of ${workload.name} refuse their configuration${
      words ? `: ${words}` : ''
    }`;
    logger.warn(
      `Override ${metadata.namespace}/${metadata.name} in cluster ${cluster.name}: ${message}`,
    );
    await audit.refusedByProxies(
      {
        telemetry: `${metadata.namespace}/${metadata.name}`,
        cluster: cluster.name,
        workload: `${workload.namespace}/${workload.kind}/${workload.name}`,
        proxies: acceptance.proxies,
        accepted: acceptance.accepted,
        changeId: changeIdOf(telemetry) ?? '',
        changedBy: setterOf(telemetry) ?? '',
      },
      message,
    );
    await announcer.refusedByProxies(cluster.name, telemetry, {
      version,
      message,
    });
  }
}
