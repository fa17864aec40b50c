import {
  OVERRIDE_ANNOTATIONS,
  type Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { HistoryRow } from './ChaosDatabase';
import type { AuditedChange } from './replicaMessages';

/** What is left of one override, everywhere. */
export interface Remains {
  /** In the cluster. */
  object: Telemetry | undefined;
  /** In the order of their beginning. */
  rows: HistoryRow[];
  /** What the portal believes to be there. */
  remembered: Array<{ uid: string }>;
  /** What people were told. */
  announced: string[];
  /** What the auditor was told. */
  audited: AuditedChange[];
  /** Events of the requests that a client was told to be done. */
  acknowledged: Array<string | undefined>;
}

/** Checks that the cluster has what the history says. */
export function verifyNow(remains: Remains): void {
  const { object, remembered, rows } = remains;
  verifyRows(remains);
  const alive = lives(rows).filter(({ ends }) => ends.length === 0);
  assert.ok(alive.length <= 1, 'the history has two overrides at once');
  const [life] = alive;
  assert.equal(object?.metadata.uid, life?.uid, 'who is there');
  assert.deepEqual(
    remembered.map(({ uid }) => uid),
    life ? [life.uid] : [],
    'what the portal remembers',
  );
  if (!object || !life) {
    return;
  }
  const last = life.writes.at(-1);
  const annotations = object.metadata.annotations ?? {};
  assert.equal(annotations[OVERRIDE_ANNOTATIONS.change], last?.change_id);
  assert.equal(annotations[OVERRIDE_ANNOTATIONS.expiresAt], last?.expires_at);
  assert.deepEqual(object.spec, parse(last?.after ?? ''));
  assert.equal(
    (object.metadata as { generation?: number }).generation,
    generationOf(life.writes),
    'writes that left no event',
  );
}

/** Checks that every override was ended, exactly once. */
export function verifyEnded(remains: Remains): void {
  const { object, remembered, rows } = remains;
  verifyRows(remains);
  assert.equal(object, undefined, 'an override is left');
  assert.deepEqual(remembered, [], 'the portal remembers one that is gone');
  for (const { uid, ends } of lives(rows)) {
    assert.equal(ends.length, 1, `${uid} ended ${ends.length} times`);
  }
}

function verifyRows(remains: Remains): void {
  const { acknowledged, announced, rows } = remains;
  verifyAudit(remains);
  const succeeded = rows.filter(({ outcome }) => outcome === 'succeeded');
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'pending'),
    [],
    'changes are open',
  );
  assert.deepEqual(
    rows.filter(({ kind }) => kind.startsWith('outside')),
    [],
    'nobody else changed anything',
  );
  for (const id of acknowledged) {
    const row = rows.find(other => other.id === id);
    assert.equal(row?.outcome, 'succeeded', 'a client was told otherwise');
  }
  const all = lives(rows).flatMap(({ writes, ends }) => [...writes, ...ends]);
  assert.deepEqual(
    all.map(({ id }) => id).sort(),
    succeeded.map(({ id }) => id).sort(),
    'events that follow from none',
  );
  assert.equal(new Set(announced).size, announced.length, 'told twice');
  // A replica whose clock is ahead may announce an end that is still to come.
  for (const scope of announced.filter(it => !it.startsWith('ends-soon:'))) {
    const [, id] = /^expired:(.*)/.exec(scope) ?? assert.fail(scope);
    const row = succeeded.find(other => other.id === id);
    assert.equal(row?.kind, 'expire', 'told of an end that was none');
  }
}

/**
 * The auditor heard of every change, and last of its true end. A clock that is ahead
 * may give a change up that then lands, which is told again. A process that is killed
 * between the end and its event leaves the event open, never a wrong one.
 */
function verifyAudit({ audited, rows }: Remains): void {
  for (const { id, kind, outcome } of rows) {
    const events = audited.filter(({ historyId }) => historyId === id);
    assert.ok(events.length > 0, `no audit event of ${kind} ${id}`);
    const ends = events.flatMap(({ ended }) => ended ?? []);
    const last = ends.at(-1);
    const expected = outcome === 'succeeded' ? 'success' : 'fail';
    assert.ok(
      last === undefined || last === expected,
      `the audit of ${kind} ${id}, which ${outcome}, says ${ends.join(', ')}`,
    );
  }
}

interface Life {
  uid: string;
  writes: HistoryRow[];
  ends: HistoryRow[];
}

/** Each override from its creation on, each change following from the last. */
function lives(rows: HistoryRow[]): Life[] {
  const succeeded = rows.filter(({ outcome }) => outcome === 'succeeded');
  const isEnd = ({ kind }: HistoryRow) =>
    kind === 'revert' || kind === 'expire';
  return succeeded
    .filter(row => !isEnd(row) && row.base_uid === null)
    .map(creation => {
      const writes = [creation];
      for (;;) {
        const last = writes.at(-1);
        const next = succeeded.find(
          row =>
            !isEnd(row) &&
            row.base_change_id === last?.change_id &&
            row.base_uid === creation.uid,
        );
        if (!next) {
          const ends = succeeded.filter(
            row =>
              isEnd(row) &&
              row.base_uid === creation.uid &&
              row.base_change_id === last?.change_id,
          );
          return { uid: creation.uid ?? '', writes, ends };
        }
        writes.push(next);
      }
    });
}

/**
 * The generation that the API server counts: one for each change of the spec.
 */
function generationOf(writes: HistoryRow[]): number {
  const changes = writes.filter(
    ({ after }, index) => index > 0 && after !== writes[index - 1]?.after,
  );
  return 1 + changes.length;
}
