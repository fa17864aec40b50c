import type { Knex } from 'knex';
import { toOverrideRow } from './samplingRows';
import type { ObjectKey, OverrideState } from './SamplingStore';

export const HISTORY = 'sampling_history';
export const REQUESTS = 'sampling_requests';
export const OVERRIDES = 'sampling_overrides';
export const CLAIMS = 'sampling_claims';
export const SECRETS = 'sampling_secrets';

/** Who reads itself back has it: works alike on both databases. */
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

/** Keeps the last version of an override, or forgets it. */
export async function remember(
  knex: Knex,
  change: { put?: OverrideState; forget?: ObjectKey & { uid: string } },
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
