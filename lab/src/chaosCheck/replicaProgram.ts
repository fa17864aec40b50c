import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { DatabaseSamplingStore } from 'backstage-plugin-mesh-tracing-backend/src/sampling/store/DatabaseSamplingStore';
import knexFactory from 'knex';
import { Clock } from '../samplingCheck/Clock';
import { Replica } from '../samplingCheck/Replica';
import { CommandedScheduler } from './CommandedScheduler';
import type {
  FromReplica,
  ReplicaCommand,
  ReplicaStart,
  ReplicaView,
  ToReplica,
} from './replicaMessages';
import { Steps } from './Steps';

const CLUSTER_STEPS = [
  'getTelemetry',
  'createTelemetry',
  'replaceTelemetry',
  'deleteTelemetry',
];

/** Tells the harness of each event of a change. */
const auditor: AuditorService = {
  createEvent: async ({ meta }) => {
    const historyId = meta?.historyId;
    const note = (ended?: 'success' | 'fail') => {
      if (typeof historyId === 'string') {
        tell({ audited: { historyId, ended } });
      }
    };
    note();
    return {
      success: async () => note('success'),
      fail: async () => note('fail'),
    };
  },
};

/** One replica of the portal, as a process that may be killed. */
class ReplicaProgram {
  readonly #clock = Clock.create();
  readonly #scheduler = CommandedScheduler.create();
  readonly #steps: Steps;
  #resume: () => void = () => undefined;
  #aheadMs = 0;
  #replica?: Replica;

  constructor() {
    this.#steps = Steps.create(async () => {
      const resumed = new Promise<void>(resolve => {
        this.#resume = resolve;
      });
      tell({ paused: true });
      await resumed;
    });
  }

  async hear(message: ToReplica): Promise<void> {
    if ('resume' in message) {
      this.#resume();
    } else if ('start' in message) {
      await this.#start(message.start);
      tell({ ready: true });
    } else {
      const { id, command, interruption } = message;
      const run = this.#steps.run(interruption, () => this.#obey(command));
      try {
        const value = await run.result;
        tell({ id, steps: run.names, value });
      } catch (error) {
        const { name, message: text } =
          error instanceof Error ? error : new Error(String(error));
        tell({ id, steps: run.names, error: { name, message: text } });
      }
    }
  }

  async #start({
    kubeconfig,
    istiodDebug,
    database,
  }: ReplicaStart): Promise<void> {
    const knex = knexFactory({
      client: 'pg',
      connection: database,
      pool: { min: 0, max: 6 },
      // The check makes the database go away; the harness prints the warnings.
      log: { warn: line => tell({ log: String(line) }) },
    });
    const store = await DatabaseSamplingStore.create({
      // The harness has migrated before.
      database: { getClient: async () => knex, migrations: { skip: true } },
    });
    this.#replica = await Replica.start({
      kubeconfig,
      istiodDebug,
      store: this.#steps.around(store),
      around: cluster => this.#steps.around(cluster, CLUSTER_STEPS),
      clock: this.#clock,
      logger: logger(),
      auditor,
      announced: (_title, scope) => tell({ announced: scope ?? '' }),
    });
    await this.#replica.sampling.start(this.#scheduler);
  }

  async #obey(command: ReplicaCommand): Promise<unknown> {
    const replica = this.#replica;
    if (!replica) {
      throw new Error('The replica is not started');
    }
    switch (command.do) {
      case 'prepare':
        return (await replica.prepare(command.wish)).request;
      case 'apply':
        return replica.sampling.service.apply(
          replica.context(command.user),
          { allowed: true },
          command.request,
        );
      case 'revert':
        return replica.revert(command.wish, command.seen);
      case 'expiry':
      case 'reconcile':
        return this.#scheduler.triggerTask(`mesh-tracing-${command.do}`);
      case 'clock':
        this.#clock.advance(command.aheadMs - this.#aheadMs);
        this.#aheadMs = command.aheadMs;
        return undefined;
      default:
        return viewOf(replica, command.name);
    }
  }
}

function viewOf(replica: Replica, name: string): ReplicaView {
  const { state, inputs } = replica.cluster.snapshot();
  const seen = inputs.telemetries.find(
    ({ metadata }) => metadata.name === name,
  );
  return { state, resourceVersion: seen?.metadata.resourceVersion };
}

function tell(message: FromReplica): void {
  process.send?.(message);
}

function logger(): LoggerService {
  const note = (message: string) => tell({ log: message });
  const made: LoggerService = {
    error: note,
    warn: note,
    info: () => undefined,
    debug: () => undefined,
    child: () => made,
  };
  return made;
}

// Ctrl-C reaches the whole group; the harness decides when a replica ends.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
const program = new ReplicaProgram();
process.on('message', message => {
  program.hear(message as ToReplica).catch(error => {
    // As a portal that does not start: the harness starts another.
    tell({ log: String(error) });
    process.exitCode = 1;
    process.disconnect();
  });
});
