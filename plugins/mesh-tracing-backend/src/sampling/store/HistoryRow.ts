/** Row of `sampling_history`. PostgreSQL gives big integers as text. */
export interface HistoryRow {
  seq: number | string;
  id: string;
  at_ms: number | string;
  kind: string;
  outcome: string;
  message: string | null;
  /** `ChangeCause`; null also in rows of replicas that don't know the column. */
  cause: string | null;
  /** Equal for equal failures; null as above. */
  last_failure: string | null;
  actor: string;
  /** JSON list. */
  on_behalf_of: string | null;
  entity_ref: string;
  cluster: string;
  namespace: string;
  workload_kind: string;
  workload_name: string;
  telemetry_name: string;
  change_id: string | null;
  base_change_id: string | null;
  base_uid: string | null;
  base_resource_version: string | null;
  uid: string | null;
  reason: string | null;
  expires_at: string | null;
  before: string | null;
  after: string | null;
  content: string | null;
}
