import type {
  HistoryEntry,
  WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';

/** What the auditor is told of a change. */
export interface AuditedChange {
  id: string;
  kind: HistoryEntry['kind'];
  outcome: HistoryEntry['outcome'];
  message?: string;
  actor: string;
  /** Owners for whom the actor acted; absent where it acted for itself. */
  onBehalfOf?: string[];
  entityRef: string;
  workload: WorkloadRef;
  telemetryName: string;
  reason?: string;
  /** When the override ends, as RFC 3339. */
  expiresAt?: string;
  /** The object's spec before the change, as YAML; `after` likewise. */
  before?: string;
  after?: string;
}
