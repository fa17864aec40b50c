import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { KubernetesMeshCluster } from 'backstage-plugin-mesh-tracing-backend/src/clusters/KubernetesMeshCluster';
import { MeshClusters } from 'backstage-plugin-mesh-tracing-backend/src/clusters/MeshClusters';
import { SetupAnswers } from 'backstage-plugin-mesh-tracing-backend/src/setup';
import type { EntityContext } from 'backstage-plugin-mesh-tracing-backend/src/shared/EntityContext';
import { heldBinding } from 'backstage-plugin-mesh-tracing-backend/src/testing/mesh/heldBinding';
import {
  JaegerTraceStore,
  TraceStores,
} from 'backstage-plugin-mesh-tracing-backend/src/tracestore';
import { TraceAnalyses } from 'backstage-plugin-mesh-tracing-backend/src/traces';
import { WorkloadTracings } from 'backstage-plugin-mesh-tracing-backend/src/tracing';
import { TraceServiceNames } from 'backstage-plugin-mesh-tracing-backend/src/workloads';
import type { SetupFindingsResponse } from 'backstage-plugin-mesh-tracing-common';
import { quietLogger } from '../checks/quietLogger';
import { waitUntil } from '../lifecycle/componentProcess';
import type { LabEndpoints } from '../lifecycle/labStatus';

const CLUSTER = 'lab';
const STORE = 'jaeger';

/** What is asked about a workload of the lab. */
export interface SetupQuestion {
  /** Name of the Deployment. */
  workload: string;
  startTimeMs: number;
  endTimeMs: number;
  /** Names in traces besides the computed ones. */
  serviceNames?: string[];
  errorObjectivePercent?: number;
}

/** The product's own parts on a lab: its watch of the cluster, and its trace store. */
export class Portal {
  readonly #cluster: KubernetesMeshCluster;
  readonly #store: JaegerTraceStore;
  readonly #answers: SetupAnswers;

  static async start(
    { kubeconfig, istiodDebug, jaegerQuery }: LabEndpoints,
    nowMs: () => number,
  ): Promise<Portal> {
    const cluster = KubernetesMeshCluster.create(
      {
        name: CLUSTER,
        connection: { type: 'kubeconfig', path: kubeconfig.portal },
        istioNamespace: 'istio-system',
        istiod: { debugUrls: [istiodDebug] },
        timeoutMs: 10_000,
        traceStore: STORE,
      },
      { logger: quietLogger },
    );
    await cluster.start();
    await waitUntil(
      'the watch of the cluster',
      async () => cluster.snapshot().state === 'synced',
    );
    const store = JaegerTraceStore.create(
      { name: STORE, url: jaegerQuery },
      quietLogger,
    );
    return new Portal(cluster, store, nowMs);
  }

  private constructor(
    cluster: KubernetesMeshCluster,
    store: JaegerTraceStore,
    nowMs: () => number,
  ) {
    const clusters = MeshClusters.create([cluster]);
    const names = TraceServiceNames.create({
      clusters,
      stores: TraceStores.create([store]),
    });
    this.#cluster = cluster;
    this.#store = store;
    this.#answers = SetupAnswers.create({
      names,
      analyses: TraceAnalyses.create(names),
      tracings: WorkloadTracings.create(),
      now: nowMs,
    });
  }

  /** Whether the watch shows a Telemetry. */
  hasTelemetry(name: string): boolean {
    return this.#cluster
      .snapshot()
      .inputs.telemetries.some(({ metadata }) => metadata.name === name);
  }

  async findings(question: SetupQuestion): Promise<SetupFindingsResponse> {
    const { workload, serviceNames, ...query } = question;
    const context = this.#context(workload, serviceNames);
    return this.#answers.findings(context, context, query);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#cluster.stop(), this.#store.stop()]);
  }

  #context(name: string, serviceNames: string[] = []): EntityContext {
    const snapshot = this.#cluster.snapshot();
    const workloads = snapshot.workloads.filter(each => each.name === name);
    const match = {
      workloads,
      rule: 'check',
      explanation: '',
      suggestions: [],
    };
    return {
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name,
          annotations:
            serviceNames.length > 0
              ? { 'meshtracing.io/service-names': serviceNames.join(',') }
              : {},
        },
      },
      entityRef: `component:default/${name}`,
      credentials: {
        $$type: '@backstage/BackstageCredentials',
        principal: { type: 'user', userEntityRef: 'user:default/olivia' },
      } as BackstageCredentials<BackstageUserPrincipal>,
      userRef: 'user:default/olivia',
      ownershipRefs: ['user:default/olivia'],
      match,
      binding: heldBinding(workloads),
      snapshots: [snapshot],
    };
  }
}
