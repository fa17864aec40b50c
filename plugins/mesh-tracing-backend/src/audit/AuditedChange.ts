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
  /** RFC 3339. */
  expiresAt?: string;
  /** YAML specs. */
  before?: string;
  after?: string;
}
