import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import { KubeApi } from '../kubernetes/KubeApi';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { waitUntil } from '../lifecycle/componentProcess';
import { startComponent, stopComponent } from '../lifecycle/components';
import type { LabEndpoints } from '../lifecycle/labStatus';
import { telemetriesPath } from '../checks/CheckedLab';
import { ChaosDatabase } from './ChaosDatabase';
import type {
  AuditedChange,
  ReplicaStart,
  ReplicaView,
} from './replicaMessages';
import { ReplicaProcess } from './ReplicaProcess';

const REPLICAS = 2;
const SPARES = 2;

const ALIVE_OR_NOT = [() => true, () => false] as const;

/** What stands still for a while. */
export type Outage = 'API server' | 'PostgreSQL' | 'PostgreSQL, by a crash';

/** Two replicas, spare ones to take the place of the dead, and what they use. */
export class ChaosHarness {
  readonly database: ChaosDatabase;
  /** What people were told, by what it is about. */
  readonly announced: string[] = [];
  /** What the auditor was told, in the order of its arrival. */
  readonly audited: AuditedChange[] = [];
  readonly log: string[] = [];
  /** Ends all waiting. */
  readonly signal: AbortSignal;
  readonly #lab: string;
  readonly #admin: KubeApi;
  readonly #start: ReplicaStart;
  readonly #spares: ReplicaProcess[] = [];
  #replicas: ReplicaProcess[] = [];
  #aheadMs = 0;

  static async start(
    lab: string,
    endpoints: LabEndpoints,
    signal: AbortSignal,
  ): Promise<ChaosHarness> {
    const database = await ChaosDatabase.start(signal);
    const harness = new ChaosHarness(lab, endpoints, database, signal);
    try {
      harness.#replicas = Array.from({ length: REPLICAS }, () =>
        harness.#fork(),
      );
      await Promise.all(harness.#replicas.map(replica => replica.ready()));
      harness.#refill();
    } catch (error) {
      await harness.stop();
      throw error;
    }
    return harness;
  }

  private constructor(
    lab: string,
    endpoints: LabEndpoints,
    database: ChaosDatabase,
    signal: AbortSignal,
  ) {
    this.signal = signal;
    this.#lab = lab;
    this.#admin = KubeApi.fromKubeconfig(endpoints.kubeconfig.admin);
    this.database = database;
    this.#start = {
      kubeconfig: endpoints.kubeconfig.portal,
      istiodDebug: endpoints.istiodDebug,
      database: database.connectionString,
    };
  }

  replica(index: number): ReplicaProcess {
    const replica = this.#replicas[index];
    if (!replica) {
      throw new Error(`There is no replica ${index}`);
    }
    return replica;
  }

  /**
   * RFC 3339 time in so many milliseconds, by a replica whose clock is right.
   */
  in(ms: number): string {
    return new Date(Date.now() + this.#aheadMs + ms).toISOString();
  }

  /** Moves the time on, and sets every clock right. */
  async advance(ms: number): Promise<void> {
    this.#aheadMs += ms;
    await Promise.all(this.#replicas.map((_, index) => this.setClock(index)));
  }

  /** @param wrongMs - how far the clock is ahead; negative = behind */
  async setClock(index: number, wrongMs = 0): Promise<void> {
    await this.replica(index).ask({
      do: 'clock',
      aheadMs: this.#aheadMs + wrongMs,
    });
  }

  /** Puts a spare in the place of each replica that died. */
  async replaceDead(): Promise<number> {
    let replaced = 0;
    for (const [index, replica] of this.#replicas.entries()) {
      if (replica.isDead) {
        this.#replicas[index] = await this.#spare();
        await this.setClock(index);
        replaced += 1;
      }
    }
    this.#refill();
    return replaced;
  }

  async down(outage: Outage): Promise<void> {
    if (outage === 'API server') {
      await stopComponent('kube-apiserver', this.#lab);
    } else {
      await this.database.down({ crash: outage !== 'PostgreSQL' });
    }
  }

  async up(outage: Outage): Promise<void> {
    if (outage === 'API server') {
      await startComponent('kube-apiserver', this.#lab);
    } else {
      await this.database.up();
    }
  }

  /** Waits until both watches are open and show that version of the object. */
  async seen(name: string, object: Telemetry | undefined): Promise<void> {
    const version = object?.metadata.resourceVersion;
    const isSeen = async () => {
      const views = await Promise.all(
        this.#replicas.map(replica =>
          replica.ask<ReplicaView>({ do: 'view', name }),
        ),
      );
      return views.every(
        ({ state, resourceVersion }) =>
          state === 'synced' && resourceVersion === version,
      );
    };
    await waitUntil(`both views with ${name} as it is`, isSeen, this.signal);
  }

  /** Runs on both replicas at once what their schedulers run. */
  async runTasks(): Promise<void> {
    await Promise.all(
      this.#replicas.flatMap(replica => [
        replica.ask({ do: 'expiry' }),
        replica.ask({ do: 'reconcile' }),
      ]),
    );
  }

  async object(name: string): Promise<Telemetry | undefined> {
    const { status, body } = await this.#admin.request('GET', pathOf(name));
    if (status !== 200 && status !== 404) {
      throw new Error(`The API server answered ${status}`);
    }
    return status === 200 ? (body as Telemetry) : undefined;
  }

  /** Removes what a failed round left. */
  async clear(name: string): Promise<void> {
    await this.replaceDead();
    await this.#admin.request('DELETE', pathOf(name));
    await this.seen(name, undefined);
    await this.database.forget(name);
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.#replicas, ...this.#spares].map(replica => replica.kill()),
    );
    this.#admin.close();
    await this.database.stop();
  }

  /**
   * A replica that is ready. A spare that started while something was away may
   * have ended by itself, and is passed over.
   */
  async #spare(): Promise<ReplicaProcess> {
    for (let attempt = 0; attempt <= SPARES; attempt += 1) {
      const spare = this.#spares.shift() ?? this.#fork();
      if (await spare.ready().then(...ALIVE_OR_NOT)) {
        return spare;
      }
    }
    throw new Error('No replica starts');
  }

  #refill(): void {
    while (this.#spares.length < SPARES) {
      this.#spares.push(this.#fork());
    }
  }

  #fork(): ReplicaProcess {
    return ReplicaProcess.start(this.#start, {
      announced: scope => this.announced.push(scope),
      audited: change => this.audited.push(change),
      logged: line => this.log.push(line),
    });
  }
}

function pathOf(name: string): string {
  return `${telemetriesPath(APP_NAMESPACE)}/${name}`;
}
