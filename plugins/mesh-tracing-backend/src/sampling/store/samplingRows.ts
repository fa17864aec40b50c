import type {
  ApplyResponse,
  HistoryEntry,
} from 'backstage-plugin-mesh-tracing-common';
import type { ChangeRecord, OverrideState } from '../protocol/ChangeRecord';
import { causeOf, lastFailureOf } from './causeOfRow';
import type { HistoryRow } from './HistoryRow';
import type { RequestRecord } from './SamplingStore';

/** Row of `sampling_overrides`. */
export interface OverrideRow {
  cluster: string;
  namespace: string;
  name: string;
  uid: string;
  resource_version: string;
  change_id: string | null;
  content: string;
  spec: string;
  entity_ref: string;
  workload_kind: string;
  workload_name: string;
  recorded_at_ms: number | string;
}

/** Row of `sampling_requests`. */
export interface RequestRow {
  request_id: string;
  user_ref: string;
  body_hash: string;
  history_id: string;
  response: string | null;
  error_name: string | null;
  error_message: string | null;
  at_ms: number | string;
}

export function toHistoryRow(record: ChangeRecord): Omit<HistoryRow, 'seq'> {
  return {
    id: record.id,
    at_ms: record.atMs,
    kind: record.kind,
    outcome: record.outcome,
    message: record.message ?? null,
    cause: record.cause ?? null,
    last_failure: record.lastFailure ?? null,
    actor: record.actor,
    on_behalf_of: record.onBehalfOf ? JSON.stringify(record.onBehalfOf) : null,
    entity_ref: record.entityRef,
    cluster: record.workload.cluster,
    namespace: record.workload.namespace,
    workload_kind: record.workload.kind,
    workload_name: record.workload.name,
    telemetry_name: record.telemetryName,
    change_id: record.changeId ?? null,
    base_change_id: record.baseChangeId ?? null,
    base_uid: record.baseUid ?? null,
    base_resource_version: record.baseResourceVersion ?? null,
    uid: record.uid ?? null,
    reason: record.reason ?? null,
    expires_at: record.expiresAt ?? null,
    before: record.before ?? null,
    after: record.after ?? null,
    content: record.content ?? null,
  };
}

export function fromHistoryRow(row: HistoryRow): ChangeRecord {
  return {
    id: row.id,
    atMs: Number(row.at_ms),
    kind: row.kind as HistoryEntry['kind'],
    outcome: row.outcome as HistoryEntry['outcome'],
    message: row.message ?? undefined,
    cause: causeOf(row),
    lastFailure: lastFailureOf(row),
    actor: row.actor,
    ...(row.on_behalf_of && {
      onBehalfOf: JSON.parse(row.on_behalf_of) as string[],
    }),
    entityRef: row.entity_ref,
    workload: {
      cluster: row.cluster,
      namespace: row.namespace,
      kind: row.workload_kind,
      name: row.workload_name,
    },
    telemetryName: row.telemetry_name,
    changeId: row.change_id ?? undefined,
    baseChangeId: row.base_change_id ?? undefined,
    baseUid: row.base_uid ?? undefined,
    baseResourceVersion: row.base_resource_version ?? undefined,
    uid: row.uid ?? undefined,
    reason: row.reason ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    before: row.before ?? undefined,
    after: row.after ?? undefined,
    content: row.content ?? undefined,
  };
}

export function toOverrideRow(state: OverrideState): OverrideRow {
  return {
    cluster: state.cluster,
    namespace: state.namespace,
    name: state.name,
    uid: state.uid,
    resource_version: state.resourceVersion,
    change_id: state.changeId ?? null,
    content: state.content,
    spec: state.spec,
    entity_ref: state.entityRef,
    workload_kind: state.workload.kind,
    workload_name: state.workload.name,
    recorded_at_ms: state.recordedAtMs,
  };
}

export function fromOverrideRow(row: OverrideRow): OverrideState {
  return {
    cluster: row.cluster,
    namespace: row.namespace,
    name: row.name,
    uid: row.uid,
    resourceVersion: row.resource_version,
    changeId: row.change_id ?? undefined,
    content: row.content,
    spec: row.spec,
    entityRef: row.entity_ref,
    workload: { kind: row.workload_kind, name: row.workload_name },
    recordedAtMs: Number(row.recorded_at_ms),
  };
}

export function fromRequestRow(row: RequestRow): RequestRecord {
  return {
    requestId: row.request_id,
    userRef: row.user_ref,
    bodyHash: row.body_hash,
    historyId: row.history_id,
    ...(row.response !== null && {
      response: JSON.parse(row.response) as ApplyResponse,
    }),
    ...(row.error_name !== null && {
      error: { name: row.error_name, message: row.error_message ?? '' },
    }),
  };
}
