import { DatabaseSamplingStore } from 'backstage-plugin-mesh-tracing-backend/src/sampling/store/DatabaseSamplingStore';
import knexFactory from 'knex';
import type { Knex } from 'knex';
import { waitUntil } from '../lifecycle/componentProcess';
import {
  startCheckPostgres,
  type CheckPostgres,
} from '../samplingCheck/CheckDatabase';

/** One event of the history, as it is stored. */
export interface HistoryRow {
  seq: string;
  id: string;
  kind: string;
  outcome: string;
  message: string | null;
  actor: string;
  change_id: string | null;
  base_change_id: string | null;
  base_uid: string | null;
  uid: string | null;
  expires_at: string | null;
  before: string | null;
  after: string | null;
}

/** The PostgreSQL that the replicas share, as the harness looks at it. */
export class ChaosDatabase {
  readonly #server: CheckPostgres;
  readonly #knex: Knex;
  readonly #signal: AbortSignal;

  static async start(signal: AbortSignal): Promise<ChaosDatabase> {
    const server = await startCheckPostgres();
    const knex = knexFactory({
      client: 'pg',
      connection: server.connectionString,
      pool: { min: 0, max: 2 },
      // The check makes the database go away, so that its warnings tell nothing
      // new.
      log: { warn: () => undefined },
    });
    try {
      await DatabaseSamplingStore.create({
        database: { getClient: async () => knex },
      });
    } catch (error) {
      await knex.destroy();
      await server.stop();
      throw error;
    }
    return new ChaosDatabase(server, knex, signal);
  }

  private constructor(server: CheckPostgres, knex: Knex, signal: AbortSignal) {
    this.#signal = signal;
    this.#server = server;
    this.#knex = knex;
  }

  get connectionString(): string {
    return this.#server.connectionString;
  }

  /** @param crash - without an orderly end, so that it recovers by its log */
  async down(options: { crash: boolean }): Promise<void> {
    await this.#server.down(options);
  }

  async up(): Promise<void> {
    await this.#server.up();
    const answers = async () => {
      await this.#knex.raw('select 1');
      return true;
    };
    await waitUntil('PostgreSQL', answers, this.#signal);
  }

  /** Events of one object after that one, in the order of their beginning. */
  async history(telemetry: string, afterSeq: string): Promise<HistoryRow[]> {
    return this.#knex<HistoryRow>('sampling_history')
      .where({ telemetry_name: telemetry } as object)
      .andWhere('seq', '>', afterSeq)
      .orderBy('seq');
  }

  async lastSeq(): Promise<string> {
    const row = await this.#knex('sampling_history').max('seq as last').first();
    return row?.last ?? '0';
  }

  /** Id of the event that a request began. */
  async eventOf(requestId: string): Promise<string | undefined> {
    const row = await this.#knex('sampling_requests')
      .where({ request_id: requestId })
      .first('history_id');
    return row?.history_id;
  }

  /** The objects of that name that the portal believes to be there. */
  async remembered(telemetry: string): Promise<Array<{ uid: string }>> {
    return this.#knex('sampling_overrides')
      .where({ name: telemetry })
      .select('uid');
  }

  /** Forgets what a failed round left, so that the next one starts afresh. */
  async forget(telemetry: string): Promise<void> {
    await this.#knex('sampling_history')
      .where({ telemetry_name: telemetry, outcome: 'pending' })
      .delete();
    await this.#knex('sampling_overrides').where({ name: telemetry }).delete();
  }

  async stop(): Promise<void> {
    await this.#knex.destroy();
    await this.#server.stop();
  }
}
