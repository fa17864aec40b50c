import type { ChangeRecord, OverrideState } from './ChangeRecord';

/**
 * Replicas whose clocks differ by less than this may give up one another's
 * writes too early. Whatever is gone later than that was removed by others.
 */
const LATE_MS = 10 * 60_000;
const CHANGES = new Set<ChangeRecord['kind']>([
  'apply',
  'extend',
  'outside-change',
]);

/**
 * The revert that was given up and may have removed an override after all: a
 * replica whose clock is ahead held it for dead while its deletion was on its
 * way. Undefined where the override changed since, which a deletion of the former
 * version does not survive, where the API server refused the deletion, and where
 * it is too long ago.
 *
 * @param records - of the override's workload, the newest first
 */
export function lateRevert(
  records: ChangeRecord[],
  { name, uid }: Pick<OverrideState, 'name' | 'uid'>,
  now: Date,
): ChangeRecord | undefined {
  const last = records.find(
    record =>
      record.telemetryName === name &&
      (isGivenUpRevert(record, uid) ||
        (CHANGES.has(record.kind) && record.outcome !== 'failed')),
  );
  return last &&
    isGivenUpRevert(last, uid) &&
    Math.abs(now.getTime() - last.atMs) <= LATE_MS
    ? last
    : undefined;
}

function isGivenUpRevert(record: ChangeRecord, uid: string): boolean {
  return (
    record.kind === 'revert' &&
    record.outcome === 'failed' &&
    record.cause === 'given-up' &&
    record.baseUid === uid
  );
}
