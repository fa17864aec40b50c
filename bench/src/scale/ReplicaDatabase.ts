import path from 'node:path';
import { pathToFileURL } from 'node:url';
import knexFactory, { type Knex } from 'knex';

/** The database that replicas share. */
export interface ReplicaDatabase {
  name: string;
  /** The connections of one more replica. */
  client(): Knex;
  stop(): Promise<void>;
}

interface Postgres {
  connectionString: string;
  stop(): Promise<void>;
}

/** A database in memory, which has one connection for all. */
export async function memoryDatabase(): Promise<ReplicaDatabase> {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  return {
    name: 'SQLite',
    client: () => knex,
    stop: () => knex.destroy(),
  };
}

/** A PostgreSQL of its own, as the test run starts it. */
export async function postgresDatabase(): Promise<ReplicaDatabase> {
  // By path, since the test run's scripts are plain modules without types.
  const file = path.join(process.cwd(), 'scripts', 'lib', 'postgres.mjs');
  const { startPostgres } = (await import(pathToFileURL(file).href)) as {
    startPostgres(): Promise<Postgres>;
  };
  const server = await startPostgres();
  const clients: Knex[] = [];
  return {
    name: 'PostgreSQL',
    client: () => {
      const knex = knexFactory({
        client: 'pg',
        connection: server.connectionString,
        pool: { min: 0, max: 4 },
      });
      clients.push(knex);
      return knex;
    },
    stop: async () => {
      await Promise.all(clients.map(knex => knex.destroy()));
      await server.stop();
    },
  };
}
