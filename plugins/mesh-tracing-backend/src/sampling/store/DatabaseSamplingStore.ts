import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type {
  ChangeRecord,
  ObjectId,
  ObjectKey,
  OverrideState,
} from '../protocol/ChangeRecord';
import type { Settlement } from '../protocol/Settlement';
import {
  countIn,
  findAttemptIn,
  findIn,
  historyIn,
  lockLimitIn,
  pendingIn,
  requireLimitIn,
} from './historyQueries';
import { fromOverrideRow, fromRequestRow, toHistoryRow } from './samplingRows';
import type { OverrideRow, RequestRow } from './samplingRows';
import type {
  ChangeLimit,
  ChangeSource,
  HistorySource,
  RequestRecord,
  SamplingStore,
  StoredChange,
} from './SamplingStore';
import {
  CLAIMS,
  HISTORY,
  OVERRIDES,
  REQUESTS,
  SECRETS,
  beginRequestIn,
  claimIn,
  remember,
} from './samplingTables';
import { settleIn } from './settleIn';

/** Folder of the migrations of this plugin. */
export const migrationsDirectory = () =>
  resolvePackagePath('backstage-plugin-mesh-tracing-backend', 'migrations');

/** Keeps what the portal remembers of overrides in SQLite or PostgreSQL. */
export class DatabaseSamplingStore implements SamplingStore {
  readonly #knex: Knex;

  /** Brings the tables up to date unless the site migrates by itself. */
  static async create(options: {
    database: Pick<DatabaseService, 'getClient' | 'migrations'>;
  }): Promise<DatabaseSamplingStore> {
    const { database } = options;
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({ directory: migrationsDirectory() });
    }
    return new DatabaseSamplingStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async secret(name: string): Promise<string> {
    await this.#knex(SECRETS)
      .insert({
        name,
        value: randomBytes(32).toString('base64url'),
        at_ms: Date.now(),
      })
      .onConflict('name')
      .ignore();
    const row = await this.#knex(SECRETS).where({ name }).first('value');
    return row.value;
  }

  async findRequest(requestId: string): Promise<RequestRecord | undefined> {
    const row = await this.#knex<RequestRow>(REQUESTS)
      .where({ request_id: requestId })
      .first();
    return row && fromRequestRow(row);
  }

  async begin(
    record: ChangeRecord,
    request?: Pick<RequestRecord, 'requestId' | 'userRef' | 'bodyHash'>,
    limit?: ChangeLimit,
  ): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      if (limit) {
        await lockLimitIn(tx, record);
      }
      if (request && !(await beginRequestIn(tx, record, request))) {
        return false;
      }
      if (limit) {
        await requireLimitIn(tx, record, limit);
      }
      await tx(HISTORY).insert(toHistoryRow(record));
      return true;
    });
  }

  async settle(id: string, settlement: Settlement): Promise<boolean> {
    return this.#knex.transaction(tx => settleIn(tx, id, settlement));
  }

  async annotate(
    id: string,
    { key, message }: { message: string; key: string },
  ): Promise<void> {
    await this.#knex(HISTORY)
      .where({ id, outcome: 'pending' })
      .update({ message, last_failure: key });
  }

  async discard(id: string): Promise<void> {
    await this.#knex.transaction(async tx => {
      await tx(HISTORY).where({ id, outcome: 'pending' }).delete();
      await tx(REQUESTS).where({ history_id: id, response: null }).delete();
      await tx(CLAIMS).where({ holder: id }).delete();
    });
  }

  async find(id: string): Promise<ChangeRecord | undefined> {
    return findIn(this.#knex, { id });
  }

  async findByChange(changeId: string): Promise<ChangeRecord | undefined> {
    return findAttemptIn(this.#knex, changeId);
  }

  async findByBase(baseChangeId: string): Promise<ChangeRecord | undefined> {
    return findIn(this.#knex, { base_change_id: baseChangeId });
  }

  async pending(olderThanMs: number): Promise<ChangeRecord[]> {
    return pendingIn(this.#knex, query =>
      query.andWhere('at_ms', '<=', olderThanMs),
    );
  }

  async pendingFor(key: ObjectKey): Promise<ChangeRecord[]> {
    const { cluster, namespace, name } = key;
    return pendingIn(this.#knex, query =>
      query.andWhere({ cluster, namespace, telemetry_name: name }),
    );
  }

  async history(
    query: HistorySource & { beforeSeq?: number; limit: number },
  ): Promise<StoredChange[]> {
    return historyIn(this.#knex, query);
  }

  async changesSince(
    by: ChangeSource,
    limit: Pick<ChangeLimit, 'kinds' | 'sinceMs'>,
  ): Promise<{ count: number; oldestMs?: number }> {
    return countIn(this.#knex, by, limit);
  }

  async states(cluster: string): Promise<OverrideState[]> {
    const rows = await this.#knex<OverrideRow>(OVERRIDES).where({ cluster });
    return rows.map(fromOverrideRow);
  }

  async statesOf(key: ObjectKey): Promise<OverrideState[]> {
    const { cluster, namespace, name } = key;
    const rows = await this.#knex<OverrideRow>(OVERRIDES).where({
      cluster,
      namespace,
      name,
    });
    return rows.map(fromOverrideRow);
  }

  async recordSeen(
    key: string,
    record: ChangeRecord,
    change: { put?: OverrideState; forget?: ObjectId },
  ): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      const first = await claimIn(tx, key, record.id, record.atMs);
      if (first) {
        await tx(HISTORY).insert(toHistoryRow(record));
      }
      await remember(tx, change);
      return first;
    });
  }

  async putState(state: OverrideState): Promise<void> {
    await remember(this.#knex, { put: state });
  }

  async claim(key: string, holder: string, nowMs: number): Promise<boolean> {
    return claimIn(this.#knex, key, holder, nowMs);
  }

  async takeOver(
    key: string,
    nowMs: number,
    olderThanMs: number,
  ): Promise<string | undefined> {
    const count = await this.#knex(CLAIMS)
      .where({ key })
      .andWhere('at_ms', '<=', olderThanMs)
      .update({ at_ms: nowMs });
    const row =
      count > 0
        ? await this.#knex(CLAIMS).where({ key }).first('holder')
        : undefined;
    return row?.holder;
  }

  async release(key: string, holder: string): Promise<void> {
    await this.#knex(CLAIMS).where({ key, holder }).delete();
  }

  async purge(beforeMs: number): Promise<void> {
    await this.#knex.transaction(async tx => {
      await tx(HISTORY)
        .whereNot({ outcome: 'pending' })
        .andWhere('at_ms', '<', beforeMs)
        .delete();
      await tx(REQUESTS).where('at_ms', '<', beforeMs).delete();
      await tx(CLAIMS).where('at_ms', '<', beforeMs).delete();
    });
  }
}
