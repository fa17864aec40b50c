import { OVERRIDE_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';
import type {
  Telemetry,
  WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import { randomUUID } from 'node:crypto';
import {
  changeIdOf,
  specYaml,
  telemetryContent,
} from '../model/telemetryContent';
import type { ChangeRecord, OverrideState } from './ChangeRecord';
import { endOf, storable, storableTarget } from './overrideState';

/** Who the history names for what the portal does by itself. */
export const EXPIRY_ACTOR = 'system:expiry';

/** Who makes a change, through which entity, and for whom else. */
export type ChangeAuthor = Pick<
  ChangeRecord,
  'actor' | 'entityRef' | 'onBehalfOf'
>;

/** The intent to create or replace an override. */
export function writeRecord(
  author: ChangeAuthor,
  change: {
    kind: 'apply' | 'extend';
    target: WorkloadRef;
    /** What is to be written. */
    telemetry: Telemetry;
    /** What is there; absent = nothing. */
    current: Telemetry | undefined;
    reason: string | undefined;
  },
  now: Date,
): ChangeRecord {
  const { current, kind, reason, target, telemetry } = change;
  return {
    ...begun(now),
    ...author,
    kind,
    workload: target,
    telemetryName: telemetry.metadata.name,
    changeId: changeIdOf(telemetry),
    ...(current && baseOf(current)),
    reason,
    expiresAt: telemetry.metadata.annotations?.[OVERRIDE_ANNOTATIONS.expiresAt],
    before: current && specYaml(current),
    after: specYaml(telemetry),
    content: telemetryContent(telemetry),
  };
}

/** The intent of a person to take an override away. */
export function revertRecord(
  author: ChangeAuthor,
  change: { target: WorkloadRef; object: Telemetry; reason?: string },
  now: Date,
): ChangeRecord {
  const { object, reason, target } = change;
  return {
    ...begun(now),
    ...author,
    kind: 'revert',
    workload: target,
    telemetryName: object.metadata.name,
    ...baseOf(object),
    reason,
    before: specYaml(object),
  };
}

/** The intent of the portal to take an override away whose end has passed. */
export function expiryRecord(
  cluster: string,
  object: Telemetry,
  now: Date,
): ChangeRecord {
  const { metadata } = object;
  const annotations = metadata.annotations ?? {};
  const reason = annotations[OVERRIDE_ANNOTATIONS.reason];
  return {
    ...begun(now),
    kind: 'expire',
    actor: EXPIRY_ACTOR,
    entityRef: storable(annotations[OVERRIDE_ANNOTATIONS.entity] ?? ''),
    workload: {
      cluster,
      namespace: metadata.namespace,
      ...storableTarget(object),
    },
    telemetryName: metadata.name,
    ...baseOf(object),
    ...(reason !== undefined && { reason: storable(reason) }),
    expiresAt: endOf(object)?.toISOString(),
    before: specYaml(object),
  };
}

/** An override that stays past its end, since a GitOps tool would bring it back. */
export function leftRecord(
  cluster: string,
  object: Telemetry,
  message: string,
  now: Date,
): ChangeRecord & { message: string } {
  return {
    ...expiryRecord(cluster, object, now),
    outcome: 'superseded',
    cause: 'left-in-place',
    message,
  };
}

/**
 * What others wrote.
 *
 * @param put - the override as it is now
 * @param former - as the portal knew it; undefined = not at all
 */
export function outsideChangeRecord(
  seen: { actor: string; message: string; object: Telemetry },
  { put, former }: { put: OverrideState; former: OverrideState | undefined },
  now: Date,
): ChangeRecord {
  const { actor, message, object } = seen;
  return {
    ...observed(put, now),
    kind: 'outside-change',
    actor,
    message,
    uid: put.uid,
    baseUid: former?.uid,
    baseChangeId: former?.changeId,
    expiresAt: endOf(object)?.toISOString(),
    before: former?.spec,
    after: specYaml(object),
  };
}

/** What others removed. */
export function outsideDeleteRecord(
  seen: { actor: string; message: string },
  former: OverrideState,
  now: Date,
): ChangeRecord {
  return {
    ...observed(former, now),
    ...seen,
    kind: 'outside-delete',
    baseUid: former.uid,
    baseChangeId: former.changeId,
    before: former.spec,
  };
}

function begun(now: Date): Pick<ChangeRecord, 'id' | 'atMs' | 'outcome'> {
  return { id: randomUUID(), atMs: now.getTime(), outcome: 'pending' };
}

/** The very version that a change is based on: its preconditions. */
function baseOf(
  object: Telemetry,
): Pick<ChangeRecord, 'baseChangeId' | 'baseUid' | 'baseResourceVersion'> {
  return {
    baseChangeId: changeIdOf(object),
    baseUid: object.metadata.uid,
    baseResourceVersion: object.metadata.resourceVersion,
  };
}

function observed(state: OverrideState, now: Date) {
  const { cluster, entityRef, name, namespace, workload } = state;
  return {
    ...begun(now),
    outcome: 'succeeded' as const,
    entityRef,
    workload: { cluster, namespace, ...workload },
    telemetryName: name,
  };
}
