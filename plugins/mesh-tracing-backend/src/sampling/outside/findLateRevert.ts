import type {
  ChangeRecord,
  OverrideState,
  SamplingStore,
} from '../store/SamplingStore';

/** How a revert is given up of which no trace was found in the cluster. */
export const GIVEN_UP =
  'The portal stopped before this was written; nothing changed';

/** How a change is given up where something else than its trace was found. */
export const OVERTAKEN =
  'The object was changed by others before this was written';

/**
 * Whether a change was held for not written without its write having been seen.
 * Where the API server refused the write, that is certain.
 */
export function isGuessed({ message }: ChangeRecord): boolean {
  return message === GIVEN_UP || message === OVERTAKEN;
}

/**
 * Replicas whose clocks differ by less than this may give up one another's
 * writes too early. Whatever is gone later than that was removed by others.
 */
const LATE_MS = 10 * 60_000;
const CHANGES = new Set(['apply', 'extend', 'outside-change']);

/**
 * The revert that was given up and may have removed an override after all: a
 * replica whose clock is ahead held it for dead while its deletion was on its
 * way. Undefined where the override changed since, which a deletion of the former
 * version does not survive, where the API server refused the deletion, and where
 * it is too long ago.
 */
export async function findLateRevert(
  store: Pick<SamplingStore, 'history'>,
  state: OverrideState,
  now: Date,
): Promise<ChangeRecord | undefined> {
  const { cluster, namespace, workload, name, uid } = state;
  const records = await store.history({
    workloads: [{ cluster, namespace, ...workload }],
    limit: 50,
  });
  const last = records.find(
    record =>
      record.telemetryName === name &&
      (isGivenUp(record, uid) ||
        (CHANGES.has(record.kind) && record.outcome !== 'failed')),
  );
  return last &&
    isGivenUp(last, uid) &&
    Math.abs(now.getTime() - last.atMs) <= LATE_MS
    ? last
    : undefined;
}

function isGivenUp(record: ChangeRecord, uid: string): boolean {
  return (
    record.kind === 'revert' &&
    record.outcome === 'failed' &&
    record.message === GIVEN_UP &&
    record.baseUid === uid
  );
}
