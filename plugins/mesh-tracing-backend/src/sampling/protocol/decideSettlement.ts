import { overrideView } from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import { changeIdOf, telemetryContent } from '../model/telemetryContent';
import { isRemoval, removedObject } from './ChangeRecord';
import type { ChangeRecord, OverrideState } from './ChangeRecord';
import { hasEnded, stateOf } from './overrideState';
import type { Settlement } from './Settlement';

/** Longer than any write to an API server may take. */
export const WRITE_GRACE_MS = 30_000;

/** What is known when it is asked how a pending change ended. */
export interface Evidence {
  /** What holds the name in the cluster now. */
  object: Telemetry | undefined;
  /** Of all attempts with the change's id, the one that wrote it or still may. */
  writer?: ChangeRecord;
  /** A change that was based on what this one wrote. */
  later?: ChangeRecord;
  /** What the portal remembers under the name. */
  remembered?: OverrideState[];
}

/** What is to be done about a pending change. */
export type SettlementDecision =
  | {
      do: 'settle';
      settlement: Settlement;
      /** An override whose end has to be recorded first: that can be repeated. */
      goneFirst?: OverrideState;
    }
  /** As if it had never been begun. */
  | { do: 'discard' }
  /** It may still be on its way. */
  | { do: 'wait' };

const WAIT: SettlementDecision = { do: 'wait' };

/** How a pending change ended, by what stands in the cluster and the history. */
export function decideSettlement(
  record: ChangeRecord,
  evidence: Evidence,
  now: Date,
): SettlementDecision {
  return isRemoval(record)
    ? decideRemoval(record, evidence, now)
    : decideWrite(record, evidence, now);
}

/** Whether the object carries the id of the change, so that the change wrote it. */
export function isWrittenBy(
  object: Telemetry,
  { changeId }: Pick<ChangeRecord, 'changeId'>,
): boolean {
  return changeId !== undefined && changeIdOf(object) === changeId;
}

function decideWrite(
  record: ChangeRecord,
  evidence: Evidence,
  now: Date,
): SettlementDecision {
  const { later, object, writer } = evidence;
  if (object && isWrittenBy(object, record)) {
    return settle(
      writer?.outcome === 'succeeded' && writer.id !== record.id
        ? { outcome: 'superseded', cause: 'repeated' }
        : written(record, object, now),
    );
  }
  if (later) {
    return decideOverwritten(record, later, evidence, now);
  }
  if (isYoung(record, now)) {
    return WAIT;
  }
  const isUntouched =
    object?.metadata.uid === record.baseUid &&
    object?.metadata.resourceVersion === record.baseResourceVersion;
  return settle(
    isUntouched
      ? { outcome: 'failed', cause: 'given-up' }
      : { outcome: 'superseded', cause: 'overtaken' },
  );
}

/** Another change was based on it, so it was written; it may be gone by now. */
function decideOverwritten(
  record: ChangeRecord,
  later: ChangeRecord,
  { object, remembered = [] }: Evidence,
  now: Date,
): SettlementDecision {
  const state = stateAfter(record, later, now.getTime());
  const isThere = object?.metadata.uid === later.baseUid;
  const isRemembered = remembered.some(({ uid }) => uid === state.uid);
  return {
    ...settle({
      outcome: 'succeeded',
      how: 'overwritten',
      uid: later.baseUid,
      // Else nobody would miss the object if others removed it next.
      ...(isThere && !isRemembered && { put: state }),
    }),
    ...(!isThere && { goneFirst: state }),
  };
}

function decideRemoval(
  record: ChangeRecord,
  { object }: Evidence,
  now: Date,
): SettlementDecision {
  const removed = removedObject(record);
  if (object?.metadata.uid !== removed.uid) {
    return settle({ outcome: 'succeeded', how: 'removed', object: removed });
  }
  if (record.kind === 'expire') {
    // Its claim is taken over and carried on; where the end was moved, it is none.
    return hasEnded(object, now) ? WAIT : { do: 'discard' };
  }
  return isYoung(record, now)
    ? WAIT
    : settle({ outcome: 'failed', cause: 'given-up' });
}

function settle(settlement: Settlement): SettlementDecision & { do: 'settle' } {
  return { do: 'settle', settlement };
}

function written(
  record: ChangeRecord,
  object: Telemetry,
  now: Date,
): Settlement {
  return {
    outcome: 'succeeded',
    how: 'written',
    uid: object.metadata.uid,
    content: telemetryContent(object),
    response: { override: overrideView(object, false), warnings: [] },
    put: stateOf(record.workload.cluster, object, record, now.getTime()),
  };
}

function isYoung({ atMs }: ChangeRecord, now: Date): boolean {
  return atMs > now.getTime() - WRITE_GRACE_MS;
}

/** The state that a change left, as the next one found it. */
function stateAfter(
  record: ChangeRecord,
  later: ChangeRecord,
  nowMs: number,
): OverrideState {
  const { cluster, namespace, kind, name } = record.workload;
  return {
    cluster,
    namespace,
    name: record.telemetryName,
    uid: later.baseUid ?? '',
    resourceVersion: later.baseResourceVersion ?? '',
    changeId: record.changeId,
    content: record.content ?? '',
    spec: record.after ?? '',
    entityRef: record.entityRef,
    workload: { kind, name },
    recordedAtMs: nowMs,
  };
}
