import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { WorkloadRef } from 'backstage-plugin-mesh-tracing-common';
import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { contentHash } from '../model/canonicalJson';
import {
  fromHistoryRow,
  fromOverrideRow,
  fromRequestRow,
  toHistoryRow,
} from './samplingRows';
import type { HistoryRow, OverrideRow, RequestRow } from './samplingRows';
import { ChangeLimitError } from './SamplingStore';
import type {
  ChangeLimit,
  ChangeSource,
  ChangeRecord,
  HistorySource,
  ObjectKey,
  OverrideState,
  RequestRecord,
  SamplingStore,
  Settlement,
  StoredChange,
} from './SamplingStore';
import {
  CLAIMS,
  HISTORY,
  OVERRIDES,
  REQUESTS,
  SECRETS,
  claimIn,
  remember,
} from './samplingTables';

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
        await lockLimit(tx, record);
      }
      if (request) {
        await tx(REQUESTS)
          .insert({
            request_id: request.requestId,
            user_ref: request.userRef,
            body_hash: request.bodyHash,
            history_id: record.id,
            at_ms: record.atMs,
          })
          .onConflict('request_id')
          .ignore();
        const row = await tx<RequestRow>(REQUESTS)
          .where({ request_id: request.requestId })
          .first('history_id');
        if (row?.history_id !== record.id) {
          return false;
        }
      }
      if (limit) {
        const { count, oldestMs } = await countIn(tx, record, limit);
        if (count >= limit.max) {
          throw new ChangeLimitError(count, oldestMs ?? 0);
        }
      }
      await tx(HISTORY).insert(toHistoryRow(record));
      return true;
    });
  }

  async settle(id: string, settlement: Settlement): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      const once =
        settlement.onceKey === undefined ||
        (await claimIn(tx, settlement.onceKey, id, Date.now()));
      const open = settlement.witnessed
        ? ['pending', 'failed', 'superseded']
        : ['pending'];
      const count = await tx(HISTORY)
        .where({ id })
        .whereIn('outcome', open)
        .update({
          outcome: once ? settlement.outcome : 'superseded',
          message: once
            ? settlement.message ?? null
            : 'The override was gone already',
          ...(settlement.uid !== undefined && { uid: settlement.uid }),
          ...(settlement.content !== undefined && {
            content: settlement.content,
          }),
        });
      if (count === 0) {
        return false;
      }
      await tx(REQUESTS)
        .where({ history_id: id })
        .update({
          response: settlement.response
            ? JSON.stringify(settlement.response)
            : null,
          error_name: settlement.error?.name ?? null,
          error_message: settlement.error?.message ?? null,
        });
      await remember(tx, settlement);
      return true;
    });
  }

  async annotate(id: string, message: string): Promise<void> {
    await this.#knex(HISTORY)
      .where({ id, outcome: 'pending' })
      .update({ message });
  }

  async discard(id: string): Promise<void> {
    await this.#knex.transaction(async tx => {
      await tx(HISTORY).where({ id, outcome: 'pending' }).delete();
      await tx(REQUESTS).where({ history_id: id, response: null }).delete();
      await tx(CLAIMS).where({ holder: id }).delete();
    });
  }

  async find(id: string): Promise<ChangeRecord | undefined> {
    return this.#first({ id });
  }

  async findByChange(changeId: string): Promise<ChangeRecord | undefined> {
    // Of attempts with one preview, the one that wrote it, or still may.
    const rows = await this.#knex<HistoryRow>(HISTORY)
      .where({ change_id: changeId })
      .orderBy('seq');
    const row =
      rows.find(({ outcome }) => outcome === 'succeeded') ??
      rows.find(({ outcome }) => outcome === 'pending') ??
      rows.at(-1);
    return row && fromHistoryRow(row);
  }

  async findByBase(baseChangeId: string): Promise<ChangeRecord | undefined> {
    return this.#first({ base_change_id: baseChangeId });
  }

  async pending(olderThanMs: number): Promise<ChangeRecord[]> {
    const rows = await this.#knex<HistoryRow>(HISTORY)
      .where({ outcome: 'pending' })
      .andWhere('at_ms', '<=', olderThanMs)
      .orderBy('seq');
    return rows.map(fromHistoryRow);
  }

  async pendingFor(key: ObjectKey): Promise<ChangeRecord[]> {
    const rows = await this.#knex<HistoryRow>(HISTORY)
      .where({
        outcome: 'pending',
        cluster: key.cluster,
        namespace: key.namespace,
        telemetry_name: key.name,
      })
      .orderBy('seq');
    return rows.map(fromHistoryRow);
  }

  async history(
    query: HistorySource & { beforeSeq?: number; limit: number },
  ): Promise<StoredChange[]> {
    const { beforeSeq = Number.MAX_SAFE_INTEGER } = query;
    const rows = await this.#knex<HistoryRow>(HISTORY)
      .where(any => whereAnyOf(any, query))
      .andWhere('seq', '<', beforeSeq)
      .orderBy('seq', 'desc')
      .limit(query.limit);
    return rows.map(row => ({ ...fromHistoryRow(row), seq: Number(row.seq) }));
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
    change: { put?: OverrideState; forget?: ObjectKey & { uid: string } },
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

  async #first(where: Partial<HistoryRow>): Promise<ChangeRecord | undefined> {
    const row = await this.#knex<HistoryRow>(HISTORY).where(where).first();
    return row && fromHistoryRow(row);
  }
}

/** Lets those who change one workload as one user count one after another. */
async function lockLimit(
  tx: Knex,
  { actor, atMs, id }: ChangeRecord,
): Promise<void> {
  await tx(CLAIMS)
    .insert({
      key: `limit|${contentHash([actor])}`,
      holder: id,
      at_ms: atMs,
    })
    .onConflict('key')
    .merge();
}

async function countIn(
  knex: Knex,
  { actor, entityRef, workload }: ChangeSource,
  { kinds, sinceMs }: Pick<ChangeLimit, 'kinds' | 'sinceMs'>,
): Promise<{ count: number; oldestMs?: number }> {
  const rows = await knex<HistoryRow>(HISTORY)
    .where({ actor })
    .andWhere(any =>
      any.where(workloadColumns(workload)).orWhere({ entity_ref: entityRef }),
    )
    .whereIn('kind', kinds)
    .andWhere('at_ms', '>', sinceMs)
    .orderBy('at_ms')
    .select('at_ms');
  const oldest = rows[0]?.at_ms;
  return {
    count: rows.length,
    ...(oldest !== undefined && { oldestMs: Number(oldest) }),
  };
}

/** Nobody's changes where the source names nothing. */
function whereAnyOf(
  any: Knex.QueryBuilder,
  { entityRefs = [], workloads = [], namespaces = [] }: HistorySource,
): void {
  any.whereIn('entity_ref', entityRefs);
  if (workloads.length > 0) {
    any.orWhereIn(
      ['cluster', 'namespace', 'workload_kind', 'workload_name'],
      workloads.map(({ cluster, namespace, kind, name }) => [
        cluster,
        namespace,
        kind,
        name,
      ]),
    );
  }
  if (namespaces.length > 0) {
    any.orWhereIn(
      ['cluster', 'namespace'],
      namespaces.map(({ cluster, namespace }) => [cluster, namespace]),
    );
  }
}

function workloadColumns(workload: WorkloadRef) {
  return {
    cluster: workload.cluster,
    namespace: workload.namespace,
    workload_kind: workload.kind,
    workload_name: workload.name,
  };
}
