import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { DatabaseSamplingStore } from 'backstage-plugin-mesh-tracing-backend/src/sampling/store/DatabaseSamplingStore';
import type { SamplingStore } from 'backstage-plugin-mesh-tracing-backend/src/sampling/store/SamplingStore';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import { KubeApi } from '../kubernetes/KubeApi';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { telemetriesPath } from '../checks/CheckedLab';
import type { CheckList } from '../checks/CheckList';
import type { LabEndpoints } from '../lifecycle/labStatus';
import type { CheckDatabase } from './CheckDatabase';
import { Clock } from './Clock';
import { Replica, type ReplicaOptions } from './Replica';

/** An audit event that was ended. */
export interface Audited {
  eventId: string;
  outcome: 'succeeded' | 'failed';
  meta: Record<string, unknown>;
}

/** Two replicas of the portal on one database, and the cluster's administrator. */
export class SamplingHarness {
  readonly lab: string;
  readonly checks: CheckList;
  readonly admin: KubeApi;
  readonly clock = Clock.create();
  readonly audited: Audited[] = [];
  readonly announced: string[] = [];
  readonly log: string[] = [];
  readonly database: CheckDatabase;
  readonly store: SamplingStore;
  /** Of istiod's debug interface. */
  readonly istiodDebug: string;
  readonly #kubeconfig: string;
  #replicas: Replica[] = [];

  static async start(options: {
    lab: string;
    endpoints: LabEndpoints;
    database: CheckDatabase;
    checks: CheckList;
  }): Promise<SamplingHarness> {
    const store = await DatabaseSamplingStore.create({
      database: { getClient: async () => options.database.knex },
    });
    const harness = new SamplingHarness({ ...options, store });
    harness.#replicas = await Promise.all([
      Replica.start(harness.replicaOptions()),
      Replica.start(harness.replicaOptions()),
    ]);
    return harness;
  }

  private constructor(options: {
    lab: string;
    endpoints: LabEndpoints;
    database: CheckDatabase;
    checks: CheckList;
    store: SamplingStore;
  }) {
    const { admin, portal } = options.endpoints.kubeconfig;
    this.lab = options.lab;
    this.checks = options.checks;
    this.database = options.database;
    this.store = options.store;
    this.admin = KubeApi.fromKubeconfig(admin);
    this.#kubeconfig = portal;
    this.istiodDebug = options.endpoints.istiodDebug;
  }

  get one(): Replica {
    return this.#replica(0);
  }

  get two(): Replica {
    return this.#replica(1);
  }

  /** Options of a replica on this harness's database. */
  replicaOptions(store: SamplingStore = this.store): ReplicaOptions {
    return {
      kubeconfig: this.#kubeconfig,
      istiodDebug: this.istiodDebug,
      store,
      clock: this.clock,
      logger: this.#logger(),
      auditor: this.#auditor(),
      announced: title => this.announced.push(title),
    };
  }

  /** The object of that name in the application's namespace, as it is. */
  async object(name: string): Promise<Telemetry | undefined> {
    const { status, body } = await this.admin.request(
      'GET',
      `${telemetriesPath(APP_NAMESPACE)}/${name}`,
    );
    return status === 200 ? (body as Telemetry) : undefined;
  }

  /** An edit by an administrator, as `kubectl edit` sends it. */
  async edit(name: string, patch: object): Promise<void> {
    const answer = await this.admin.request(
      'PATCH',
      `${telemetriesPath(APP_NAMESPACE)}/${name}?fieldManager=kubectl-edit`,
      patch,
      'application/merge-patch+json',
    );
    if (answer.status !== 200) {
      throw new Error(`The edit was refused: ${JSON.stringify(answer.body)}`);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#replicas.map(replica => replica.stop()));
    this.admin.close();
    await this.database.stop();
  }

  #replica(index: number): Replica {
    const replica = this.#replicas[index];
    if (!replica) {
      throw new Error('The replicas are not started');
    }
    return replica;
  }

  #logger(): LoggerService {
    const note = (message: string) => this.log.push(message);
    const logger: LoggerService = {
      error: note,
      warn: note,
      info: note,
      debug: () => undefined,
      child: () => logger,
    };
    return logger;
  }

  #auditor(): AuditorService {
    return {
      createEvent: async ({ eventId, meta }) => {
        const end = (outcome: Audited['outcome']) => async () => {
          this.audited.push({ eventId, outcome, meta: { ...meta } });
        };
        return { success: end('succeeded'), fail: end('failed') };
      },
    };
  }
}
