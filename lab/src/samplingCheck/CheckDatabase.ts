import knexFactory from 'knex';
import type { Knex } from 'knex';
import { labPath } from '../labPath';

/** An empty database for one run of the checks. */
export interface CheckDatabase {
  name: string;
  /** How often two people save at once. */
  rounds: number;
  knex: Knex;
  stop(): Promise<void>;
}

/** A PostgreSQL that a check starts and may end for a while. */
export interface CheckPostgres {
  connectionString: string;
  /** Keeps the data; as a crash, if wanted. */
  down(options?: { crash?: boolean }): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
}

interface PostgresModule {
  startPostgres(options: { handlesSignals: boolean }): Promise<CheckPostgres>;
}

/** A PostgreSQL of its own, as the test run starts it. */
export async function startCheckPostgres(): Promise<CheckPostgres> {
  // By path, since the test run's scripts are plain modules without types.
  const path = labPath('..', 'scripts', 'lib', 'postgres.mjs');
  const { startPostgres } = (await import(path)) as PostgresModule;
  // Checks have a lab to stop as well.
  return startPostgres({ handlesSignals: true });
}

/** One empty PostgreSQL. */
export async function postgresDatabase(): Promise<CheckDatabase> {
  const server = await startCheckPostgres();
  const knex = knexFactory({
    client: 'pg',
    connection: server.connectionString,
    pool: { min: 0, max: 10 },
  });
  return {
    name: 'PostgreSQL',
    rounds: 200,
    knex,
    stop: async () => {
      await knex.destroy();
      await server.stop();
    },
  };
}

/** An SQLite in memory. */
export async function sqliteDatabase(): Promise<CheckDatabase> {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  return { name: 'SQLite', rounds: 50, knex, stop: () => knex.destroy() };
}
