import type { AuditorService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type {
  ApplyRequest,
  OverrideRequest,
  Telemetry,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { SamplingPolicy } from 'backstage-plugin-mesh-tracing-node';
import knexFactory from 'knex';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { mockAuditor } from '../services/mockAuditor';
import { mockLogger } from '../services/mockLogger';
import { userCredentials } from '../services/userCredentials';
import type { EntityContext } from '../../shared/EntityContext';
import { MeshClusters } from '../../clusters';
import {
  createSampling,
  DatabaseSamplingStore,
  readSamplingConfig,
} from '../../sampling';
import type { RequestRateEstimator } from '../../sampling/impact/RequestRateEstimator';
import type { SamplingStore } from '../../sampling/store/SamplingStore';
import { gated, type GatedSampling } from './gatedService';
import { requireDeclared } from '../portal/requireDeclared';
import { heldBinding } from '../mesh/heldBinding';
import { FakeMeshCluster } from '../mesh/FakeMeshCluster';
import { workload } from '../mesh/workload';

export { workload };

export const ALLOWED = { allowed: true } as const;
export const ADA = 'user:default/ada';
export const BOB = 'user:default/bob';

/** A clock that only the test moves. */
export class Clock {
  #ms = Date.parse('2026-11-20T12:00:00.000Z');

  readonly now = (): Date => new Date(this.#ms);

  advance(by: { seconds?: number; minutes?: number }): void {
    this.#ms += (by.seconds ?? 0) * 1000 + (by.minutes ?? 0) * 60_000;
  }

  in(by: { seconds?: number; minutes?: number }): string {
    return new Date(
      this.#ms + (by.seconds ?? 0) * 1000 + (by.minutes ?? 0) * 60_000,
    ).toISOString();
  }
}

/** Everything around the sampling capability, for one test. */
export interface SamplingHarness extends GatedSampling {
  cluster: FakeMeshCluster;
  store: SamplingStore;
  knex: Knex;
  clock: Clock;
  notified: NotificationSendOptions[];
  auditor: jest.Mocked<AuditorService>;
  context(user?: string, own?: Workload[]): EntityContext;
  request(overrides?: Partial<OverrideRequest>): OverrideRequest;
  /** Previews and gives what confirms it. */
  confirm(
    request: OverrideRequest,
    context?: EntityContext,
  ): Promise<ApplyRequest>;
  /** Another replica on the same database and cluster. */
  replica(
    wrap?: (store: SamplingStore) => SamplingStore,
  ): Promise<GatedSampling>;
  close(): Promise<void>;
}

/** What a test wants to have otherwise. */
export interface SamplingHarnessOptions {
  /** An empty database; SQLite in memory when absent. */
  knex?: Knex;
  /** Puts something around the store of every replica, the first one included. */
  around?: (store: SamplingStore, knex: Knex) => SamplingStore;
  workloads?: Workload[];
  telemetries?: Telemetry[];
  /** `meshTracing.sampling`. */
  config?: object;
  policies?: SamplingPolicy[];
  estimator?: RequestRateEstimator;
  meshConfig?: FakeMeshCluster['meshConfig'];
}

/** A mesh with one traced service, and the capability on a database of its own. */
export async function samplingHarness(
  options: SamplingHarnessOptions = {},
): Promise<SamplingHarness> {
  const clock = new Clock();
  const workloads = options.workloads ?? [workload('cart'), workload('pay')];
  const cluster = FakeMeshCluster.create({
    workloads,
    telemetries: options.telemetries,
    meshConfig: options.meshConfig ?? {
      defaultProviders: { tracing: ['jaeger'] },
      extensionProviders: [
        { name: 'jaeger', opentelemetry: { service: 'jaeger', port: 4317 } },
      ],
    },
    now: clock.now,
  });
  const knex = options.knex ?? sqlite();
  const store = await DatabaseSamplingStore.create({
    database: { getClient: async () => knex },
  });
  const notified: NotificationSendOptions[] = [];
  const auditor = mockAuditor();
  auditor.createEvent.mockImplementation(async event => {
    requireDeclared(event);
    return {
      success: jest.fn(async () => {}),
      fail: jest.fn(async () => {}),
    };
  });
  const build = async (wrap = (inner: SamplingStore) => inner) => {
    const sampling = await createSampling({
      clusters: MeshClusters.create([cluster]),
      store: wrap(options.around?.(store, knex) ?? store),
      config: readSamplingConfig(
        new ConfigReader({ meshTracing: { sampling: options.config ?? {} } }),
      ),
      policies: options.policies,
      auditor,
      logger: mockLogger(),
      notifications: {
        send: async notification => {
          notified.push(notification);
        },
      },
      estimator: options.estimator,
      now: clock.now,
    });
    return gated(sampling);
  };
  const sampling = await build();
  const context = (user = ADA, own = [workloads[0]!]): EntityContext => ({
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'cart' },
    },
    entityRef: 'component:default/cart',
    credentials: userCredentials(user),
    userRef: user,
    ownershipRefs: [user],
    match: { explanation: '', workloads: own },
    binding: heldBinding(own),
    snapshots: [cluster.snapshot()],
  });
  const { cluster: clusterName, namespace, kind, name } = workloads[0]!;
  return {
    ...sampling,
    cluster,
    store,
    knex,
    clock,
    notified,
    auditor,
    context,
    request: overrides => ({
      workload: { cluster: clusterName, namespace, kind, name },
      samplingPercent: 50,
      expiresAt: clock.in({ minutes: 60 }),
      reason: 'looking for a slow query',
      ...overrides,
    }),
    async confirm(override, by = context()) {
      const { token, verdicts, dryRun } = await sampling.service.preview(
        by,
        ALLOWED,
        override,
      );
      if (!token) {
        throw new Error(
          `No token: ${JSON.stringify({ verdicts, dryRun }, null, 1)}`,
        );
      }
      return { override, token, requestId: randomUUID() };
    },
    replica: build,
    close: () => (options.knex ? Promise.resolve() : knex.destroy()),
  };
}

/** A database that lives as long as its connection. */
export function sqlite(): Knex {
  return knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
}
