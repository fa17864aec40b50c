import type { Knex } from 'knex';
import type {
  ChangeRecord,
  ObjectId,
  OverrideState,
} from '../protocol/ChangeRecord';
import { toOverrideRow, type RequestRow } from './samplingRows';
import type { RequestRecord } from './SamplingStore';

export const HISTORY = 'sampling_history';
export const REQUESTS = 'sampling_requests';
export const OVERRIDES = 'sampling_overrides';
export const CLAIMS = 'sampling_claims';
export const SECRETS = 'sampling_secrets';

/** Whoever reads itself back as the holder has the claim: so on both databases. */
export async function claimIn(
  knex: Knex,
  key: string,
  holder: string,
  nowMs: number,
): Promise<boolean> {
  await knex(CLAIMS)
    .insert({ key, holder, at_ms: nowMs })
    .onConflict('key')
    .ignore();
  const row = await knex(CLAIMS).where({ key }).first('holder');
  return row?.holder === holder;
}

/** Keeps who begins a request with which change. False when its id is known. */
export async function beginRequestIn(
  tx: Knex,
  record: Pick<ChangeRecord, 'id' | 'atMs'>,
  request: Pick<RequestRecord, 'requestId' | 'userRef' | 'bodyHash'>,
): Promise<boolean> {
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
  return row?.history_id === record.id;
}

/** Keeps the last version of an override, or forgets it. */
export async function remember(
  knex: Knex,
  change: { put?: OverrideState; forget?: ObjectId },
): Promise<void> {
  if (change.put) {
    await knex(OVERRIDES)
      .insert(toOverrideRow(change.put))
      .onConflict(['cluster', 'namespace', 'name', 'uid'])
      .merge();
  }
  if (change.forget) {
    const { cluster, namespace, name, uid } = change.forget;
    await knex(OVERRIDES).where({ cluster, namespace, name, uid }).delete();
  }
}
