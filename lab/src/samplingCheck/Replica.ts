import type {
  AuditorService,
  BackstageCredentials,
  BackstageUserPrincipal,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { EntityContext } from 'backstage-plugin-mesh-tracing-backend/src/shared/EntityContext';
import { lastWriteMs } from 'backstage-plugin-mesh-tracing-backend/src/shared/lastWriteMs';
import { heldBinding } from 'backstage-plugin-mesh-tracing-backend/src/testing/mesh/heldBinding';
import { KubernetesMeshCluster } from 'backstage-plugin-mesh-tracing-backend/src/clusters/KubernetesMeshCluster';
import { MeshClusters } from 'backstage-plugin-mesh-tracing-backend/src/clusters/MeshClusters';
import { createSampling } from 'backstage-plugin-mesh-tracing-backend/src/sampling/createSampling';
import {
  gated,
  type GatedSampling,
} from 'backstage-plugin-mesh-tracing-backend/src/testing/sampling/gatedService';
import { readSamplingConfig } from 'backstage-plugin-mesh-tracing-backend/src/sampling/config/readSamplingConfig';
import type { SamplingStore } from 'backstage-plugin-mesh-tracing-backend/src/sampling/store/SamplingStore';
import type {
  OverrideRequest,
  PreviewResponse,
  ProxyAcceptance,
  Telemetry,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import { randomUUID } from 'node:crypto';
import type { LabWorkloadName } from '../layout/LabLayout';
import { waitUntil } from '../lifecycle/componentProcess';
import type { Clock } from './Clock';

/** Name of the lab's cluster in the checks. */
export const CLUSTER = 'lab';
export const ENTITY = 'component:default/bookinfo';

const ALLOWED = { allowed: true } as const;

/** What a replica is started with. */
export interface ReplicaOptions {
  /** The portal's own account. */
  kubeconfig: string;
  /** Of istiod's debug interface. */
  istiodDebug: string;
  store: SamplingStore;
  clock: Clock;
  logger: LoggerService;
  auditor: AuditorService;
  /** Gets what is announced; the scope names what it is about. */
  announced?: (title: string, scope?: string) => void;
  /** Configuration besides what all checks share. */
  sampling?: { gitOps: { namespaces: string[] } };
  /** Puts something around the cluster, such as what kills at a call. */
  around?: (cluster: MeshCluster) => MeshCluster;
}

/** A change by a person. */
export interface Wish extends Partial<Omit<OverrideRequest, 'workload'>> {
  user: string;
  workload: LabWorkloadName;
}

/** One process of the portal: its own watch, a shared database. */
export class Replica {
  readonly cluster: KubernetesMeshCluster;
  readonly sampling: GatedSampling;
  readonly #clock: Clock;

  static async start(options: ReplicaOptions): Promise<Replica> {
    const cluster = KubernetesMeshCluster.create(
      {
        name: CLUSTER,
        connection: { type: 'kubeconfig', path: options.kubeconfig },
        istioNamespace: 'istio-system',
        istiod: { debugUrls: [options.istiodDebug] },
        timeoutMs: 10_000,
      },
      {
        logger: options.logger,
        watchTimes: {
          backoffBaseMs: 100,
          backoffMaxMs: 500,
          refusedMs: 1_000,
          idleMs: 150_000,
          lifeMs: 300_000,
          shortMs: 100,
        },
      },
    );
    await cluster.start();
    await waitUntil(
      'the watch of the cluster',
      async () => cluster.snapshot().state === 'synced',
    );
    return new Replica(cluster, await Replica.#sampling(cluster, options), {
      clock: options.clock,
    });
  }

  static async #sampling(
    cluster: KubernetesMeshCluster,
    options: ReplicaOptions,
  ): Promise<GatedSampling> {
    const { announced, around, auditor, clock, logger, store } = options;
    const sampling = await createSampling({
      clusters: MeshClusters.create([around?.(cluster) ?? cluster]),
      store,
      config: readSamplingConfig(
        new ConfigReader({
          meshTracing: {
            sampling: {
              rateLimit: 100_000,
              otherWorkloads: 'any',
              scopes: ['workload', 'namespace', 'mesh'],
              ...options.sampling,
            },
          },
        }),
      ),
      auditor,
      logger,
      notifications: {
        send: async ({ payload }) => announced?.(payload.title, payload.scope),
      },
      now: clock.now,
    });
    return gated(sampling);
  }

  private constructor(
    cluster: KubernetesMeshCluster,
    sampling: GatedSampling,
    { clock }: { clock: Clock },
  ) {
    this.cluster = cluster;
    this.sampling = sampling;
    this.#clock = clock;
  }

  /**
   * Another replica on the same watch, with another store, such as one that
   * dies.
   */
  async with(options: ReplicaOptions): Promise<Replica> {
    return new Replica(
      this.cluster,
      await Replica.#sampling(this.cluster, options),
      { clock: options.clock },
    );
  }

  workload(name: string): Workload {
    const found = this.cluster
      .snapshot()
      .workloads.find(workload => workload.name === name);
    if (!found) {
      throw new Error(`The view has no workload ${name}`);
    }
    return found;
  }

  context(user: string): EntityContext {
    const credentials: BackstageCredentials<BackstageUserPrincipal> = {
      $$type: '@backstage/BackstageCredentials',
      principal: { type: 'user', userEntityRef: user },
    };
    const { workloads } = this.cluster.snapshot();
    return {
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'bookinfo' },
      },
      entityRef: ENTITY,
      credentials,
      userRef: user,
      ownershipRefs: [user],
      match: { explanation: '', workloads },
      binding: heldBinding(workloads),
      snapshots: [this.cluster.snapshot()],
    };
  }

  request({ user: _user, workload, ...wish }: Wish): OverrideRequest {
    const { cluster, namespace, kind, name } = this.workload(workload);
    return {
      workload: { cluster, namespace, kind, name },
      samplingPercent: 50,
      expiresAt: this.#clock.in(60 * 60_000),
      ...wish,
    };
  }

  preview(wish: Wish): Promise<PreviewResponse> {
    return this.sampling.service.preview(
      this.context(wish.user),
      ALLOWED,
      this.request(wish),
    );
  }

  /**
   * Previews, and gives the request that confirms the preview with a function
   * that sends it.
   */
  async prepare(wish: Wish) {
    const override = this.request(wish);
    const context = this.context(wish.user);
    const { service } = this.sampling;
    const preview = await service.preview(context, ALLOWED, override);
    if (!preview.token) {
      throw new Error(
        `The preview gave no token: ${JSON.stringify({
          dryRun: preview.dryRun,
          refused: preview.verdicts.filter(({ allowed }) => !allowed),
        })}`,
      );
    }
    const request = {
      override,
      token: preview.token,
      requestId: randomUUID(),
      // As a person types it.
      ...(wish.scope === 'namespace' && {
        confirmScope: override.workload.namespace,
      }),
    };
    return {
      request,
      apply: () => service.apply(context, ALLOWED, request),
    };
  }

  /** Previews and applies. */
  async apply(wish: Wish) {
    return (await this.prepare(wish)).apply();
  }

  /** Takes away the override that a person saw. */
  async revert(
    wish: Wish,
    seen: { uid: string; resourceVersion: string },
  ): Promise<void> {
    await this.sampling.service.revert(this.context(wish.user), ALLOWED, {
      workload: this.request(wish).workload,
      scope: wish.scope,
      uid: seen.uid,
      resourceVersion: seen.resourceVersion,
    });
  }

  /** What the workload's proxies did with what they were sent. */
  async acceptance(name: LabWorkloadName): Promise<ProxyAcceptance> {
    const answer = await this.cluster.proxyAcceptance?.(this.workload(name), {
      changedAtMs: latestWriteMs(this.cluster.snapshot().inputs.telemetries),
    });
    if (!answer) {
      throw new Error('The cluster does not know of proxies');
    }
    return answer;
  }

  /** Whether the view has that version of an object. */
  sees(name: string, resourceVersion?: string): boolean {
    return this.cluster
      .snapshot()
      .inputs.telemetries.some(
        ({ metadata }) =>
          metadata.name === name &&
          metadata.resourceVersion === resourceVersion,
      );
  }

  /** Oldest first, of one workload, or of a namespace by its name. */
  async history(name: string) {
    const { entries } = await this.sampling.service.history(
      this.context('user:default/reader'),
    );
    return entries.filter(({ workload }) => workload.name === name).reverse();
  }

  stop(): Promise<void> {
    return this.cluster.stop();
  }
}

function latestWriteMs(telemetries: Telemetry[]): number {
  return Math.max(...telemetries.flatMap(each => lastWriteMs(each) ?? []));
}
