import type { WorkloadRef } from 'backstage-plugin-mesh-tracing-common';
import type { Knex } from 'knex';
import type { ChangeRecord } from '../protocol/ChangeRecord';
import { limitKey } from '../protocol/claimKeys';
import type { HistoryRow } from './HistoryRow';
import { fromHistoryRow } from './samplingRows';
import { ChangeLimitError } from './SamplingStore';
import type {
  ChangeLimit,
  ChangeSource,
  HistorySource,
  StoredChange,
} from './SamplingStore';
import { CLAIMS, HISTORY } from './samplingTables';

/** One event with these columns. */
export async function findIn(
  knex: Knex,
  where: Partial<HistoryRow>,
): Promise<ChangeRecord | undefined> {
  const row = await knex<HistoryRow>(HISTORY).where(where).first();
  return row && fromHistoryRow(row);
}

/** Of all attempts with one preview, the one that wrote it, or still may. */
export async function findAttemptIn(
  knex: Knex,
  changeId: string,
): Promise<ChangeRecord | undefined> {
  const rows = await knex<HistoryRow>(HISTORY)
    .where({ change_id: changeId })
    .orderBy('seq');
  const row =
    rows.find(({ outcome }) => outcome === 'succeeded') ??
    rows.find(({ outcome }) => outcome === 'pending') ??
    rows.at(-1);
  return row && fromHistoryRow(row);
}

/** Intents whose end is not known, the oldest first. */
export async function pendingIn(
  knex: Knex,
  narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<ChangeRecord[]> {
  const rows: HistoryRow[] = await narrow(
    knex(HISTORY).where({ outcome: 'pending' }).orderBy('seq'),
  );
  return rows.map(fromHistoryRow);
}

/** Events of a source, the newest first. */
export async function historyIn(
  knex: Knex,
  query: HistorySource & { beforeSeq?: number; limit: number },
): Promise<StoredChange[]> {
  const { beforeSeq = Number.MAX_SAFE_INTEGER } = query;
  const rows = await knex<HistoryRow>(HISTORY)
    .where(any => whereAnyOf(any, query))
    .andWhere('seq', '<', beforeSeq)
    .orderBy('seq', 'desc')
    .limit(query.limit);
  return rows.map(row => ({ ...fromHistoryRow(row), seq: Number(row.seq) }));
}

/** How many changes a source began since then, and when the first of them. */
export async function countIn(
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

/** Lets the changes of one user be counted one after another. */
export async function lockLimitIn(
  tx: Knex,
  { actor, atMs, id }: ChangeRecord,
): Promise<void> {
  await tx(CLAIMS)
    .insert({ key: limitKey(actor), holder: id, at_ms: atMs })
    .onConflict('key')
    .merge();
}

/** @throws ChangeLimitError when the source has begun as many changes as it may */
export async function requireLimitIn(
  tx: Knex,
  source: ChangeSource,
  limit: ChangeLimit,
): Promise<void> {
  const { count, oldestMs } = await countIn(tx, source, limit);
  if (count >= limit.max) {
    throw new ChangeLimitError(count, oldestMs ?? 0);
  }
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
