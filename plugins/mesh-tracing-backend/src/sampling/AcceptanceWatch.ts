import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  isPortalOwned,
  scopeOfOverride,
  workloadOfOverride,
} from 'backstage-plugin-mesh-tracing-common';
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
import type { MeshClusters } from '../clusters/MeshClusters';
import { contentHash } from './canonicalJson';
import type { OverrideAnnouncer } from './OverrideAnnouncer';
import { setterOf } from './OverrideAnnouncer';
import type { SamplingAudit } from './SamplingAudit';
import type { SamplingStore } from './SamplingStore';
import { changeIdOf, telemetryContent } from './telemetryContent';

/** Proxies that have not answered by then are beyond what a change can tell. */
const WATCHED_MS = 60 * 60_000;
/** Of an override of a namespace or the mesh. */
const MAX_WORKLOADS = 200;

/** What AcceptanceWatch works with. */
export interface AcceptanceWatchOptions {
  clusters: MeshClusters;
  store: Pick<SamplingStore, 'claim' | 'findByChange'>;
  announcer: OverrideAnnouncer;
  audit: SamplingAudit;
  logger: LoggerService;
  now?: () => Date;
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
 * change of anyone reaches them.
 */
export class AcceptanceWatch {
  readonly #options: AcceptanceWatchOptions;
  readonly #now: () => Date;
  /** Versions of overrides that need no more asking; others may ask again. */
  #done = new Set<string>();

  static create(options: AcceptanceWatchOptions): AcceptanceWatch {
    return new AcceptanceWatch(options);
  }

  private constructor(options: AcceptanceWatchOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Looks at all overrides in force. Never throws. */
  async run(): Promise<void> {
    const inForce = new Set<string>();
    for (const cluster of this.#options.clusters.list()) {
      if (!cluster.proxyAcceptance) {
        continue;
      }
      const snapshot = cluster.snapshot();
      for (const telemetry of snapshot.inputs.telemetries) {
        if (isPortalOwned(telemetry)) {
          const version = versionOf(cluster, telemetry);
          inForce.add(version);
          await this.#look(cluster, snapshot, telemetry, version);
        }
      }
    }
    this.#done = new Set([...this.#done].filter(key => inForce.has(key)));
  }

  async #look(
    cluster: MeshCluster,
    snapshot: MeshSnapshot,
    telemetry: Telemetry,
    version: string,
  ): Promise<void> {
    if (this.#done.has(version)) {
      return;
    }
    try {
      if (await this.#isSettled(cluster, snapshot, telemetry, version)) {
        this.#done.add(version);
      }
    } catch (error) {
      const { namespace, name } = telemetry.metadata;
      this.#options.logger.warn(
        `Whether proxies accept override ${namespace}/${name} in cluster ${
          cluster.name
        } could not be found out, trying again: ${
          error instanceof Error ? error.message : error
        }`,
      );
    }
  }

  /** True where nothing more is to be asked of this version. */
  async #isSettled(
    cluster: MeshCluster,
    snapshot: MeshSnapshot,
    telemetry: Telemetry,
    version: string,
  ): Promise<boolean> {
    const changedAtMs = await this.#changedAtMs(telemetry);
    if (this.#now().getTime() - changedAtMs > WATCHED_MS) {
      return true;
    }
    let areAllAccepted = true;
    for (const workload of reachedBy(telemetry, snapshot)) {
      const acceptance = await cluster.proxyAcceptance?.(workload, {
        changedAtMs,
      });
      if (acceptance?.state === 'refused') {
        if (!(await isCurrent(cluster, telemetry, version))) {
          return false;
        }
        await this.#tell(cluster, telemetry, version, { workload, acceptance });
        return true;
      }
      areAllAccepted &&= acceptance?.state === 'accepted';
    }
    return areAllAccepted;
  }

  /** The portal's own record is exact; the API server notes when others wrote. */
  async #changedAtMs(telemetry: Telemetry): Promise<number> {
    const changeId = changeIdOf(telemetry);
    const record =
      changeId === undefined
        ? undefined
        : await this.#options.store.findByChange(changeId);
    const { creationTimestamp, managedFields = [] } = telemetry.metadata;
    return Math.max(
      record?.atMs ?? 0,
      ...[creationTimestamp, ...managedFields.map(({ time }) => time)]
        .map(time => Date.parse(time ?? ''))
        .filter(Number.isFinite),
    );
  }

  async #tell(
    cluster: MeshCluster,
    telemetry: Telemetry,
    version: string,
    { workload, acceptance }: Refusal,
  ): Promise<void> {
    const { announcer, audit, logger, store } = this.#options;
    const first = await store.claim(
      `refused|${version}`,
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

/** One content that one change wrote: what others make of it is another. */
function versionOf({ name }: MeshCluster, telemetry: Telemetry): string {
  const { namespace, uid } = telemetry.metadata;
  return [
    name,
    namespace,
    uid,
    contentHash([changeIdOf(telemetry) ?? '', telemetryContent(telemetry)]),
  ].join('|');
}

/** A watch that lags shows what is not in force any more. */
async function isCurrent(
  cluster: MeshCluster,
  { metadata }: Telemetry,
  version: string,
): Promise<boolean> {
  const object = await cluster.getTelemetry(metadata.namespace, metadata.name);
  return object !== undefined && versionOf(cluster, object) === version;
}

/** Workloads with proxies that are sent what an override says. */
function reachedBy(
  telemetry: Telemetry,
  { workloads }: MeshSnapshot,
): Workload[] {
  const scope = scopeOfOverride(telemetry);
  const target = workloadOfOverride(telemetry);
  return workloads
    .filter(
      ({ kind, name, namespace, pods, proxy }) =>
        proxy !== 'none' &&
        pods.length > 0 &&
        (scope === 'mesh' || namespace === telemetry.metadata.namespace) &&
        (scope !== 'workload' ||
          (kind === target.kind && name === target.name)),
    )
    .slice(0, MAX_WORKLOADS);
}
