import type { ApplyRequest } from 'backstage-plugin-mesh-tracing-common';
import type { Wish } from '../samplingCheck/Replica';
import type { Interruption } from './Steps';

/** What a replica is asked to do. */
export type ReplicaCommand =
  /** Gives the ApplyRequest that confirms the preview. */
  | { do: 'prepare'; wish: Wish }
  | { do: 'apply'; user: string; request: ApplyRequest }
  | {
      do: 'revert';
      wish: Wish;
      seen: { uid: string; resourceVersion: string };
    }
  /** What the scheduler runs: the ends that are due. */
  | { do: 'expiry' }
  /** What the scheduler runs: what a crash left open, and what others did. */
  | { do: 'reconcile' }
  /** Milliseconds before the real time. */
  | { do: 'clock'; aheadMs: number }
  /** Gives the state of the watch and the version that it has of an object. */
  | { do: 'view'; name: string };

/** What the replica's watch shows. */
export interface ReplicaView {
  state: string;
  resourceVersion?: string;
}

/** What a replica is started with. */
export interface ReplicaStart {
  kubeconfig: string;
  istiodDebug: string;
  database: string;
}

/** The beginning or the end of an audit event of a change. */
export interface AuditedChange {
  /** Id of the change's row in the history. */
  historyId: string;
  /** Absent = it began. */
  ended?: 'success' | 'fail';
}

/** From the harness to a replica. */
export type ToReplica =
  | { start: ReplicaStart }
  | { id: number; command: ReplicaCommand; interruption: Interruption }
  | { resume: true };

/** How a command ended, and the steps that it took. */
export interface ReplicaAnswer {
  id: number;
  steps: string[];
  value?: unknown;
  error?: { name: string; message: string };
}

/** From a replica to the harness. */
export type FromReplica =
  | { ready: true }
  | { paused: true }
  | { log: string }
  /** What the message is about. */
  | { announced: string }
  | { audited: AuditedChange }
  | ReplicaAnswer;
