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

interface PostgresModule {
  startPostgres(): Promise<{
    connectionString: string;
    stop(): Promise<void>;
  }>;
}

/** A PostgreSQL of its own, as the test run starts it. */
export async function postgresDatabase(): Promise<CheckDatabase> {
  // By path, since the test run's scripts are plain modules without types.
  const path = labPath('..', 'scripts', 'lib', 'postgres.mjs');
  const { startPostgres } = (await import(path)) as PostgresModule;
  const server = await startPostgres();
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
