import type { AuditedChange } from '../../audit';
import type { ChangeCause } from './ChangeCause';

/** Names one object of one cluster, whichever object holds the name. */
export interface ObjectKey {
  cluster: string;
  namespace: string;
  name: string;
}

/** Names one object for as long as it lives: an object made anew is another. */
export interface ObjectId extends ObjectKey {
  uid: string;
}

/** An event of the history, with what the portal needs to settle it. */
export interface ChangeRecord extends AuditedChange {
  atMs: number;
  /**
   * Why a change ended as it did. Absent where the outcome says it all, and for
   * what others did. Recovery goes by this; `message` is for people alone.
   */
  cause?: ChangeCause;
  /**
   * What kept the last attempt of a pending change from being carried out, as a
   * text that is equal for equal reasons ({@link failureKey}).
   */
  lastFailure?: string;
  /** Stands on the object that the change writes. */
  changeId?: string;
  /** Stood on the object before. */
  baseChangeId?: string;
  /** Precondition of the write; absent = the object must not exist. */
  baseUid?: string;
  baseResourceVersion?: string;
  /** The object after the change. */
  uid?: string;
  /** Comparable content of what was to be written. */
  content?: string;
}

/** The last version of an override that the portal knows. */
export interface OverrideState extends ObjectId {
  resourceVersion: string;
  changeId?: string;
  content: string;
  /** YAML. */
  spec: string;
  entityRef: string;
  workload: { kind: string; name: string };
  recordedAtMs: number;
}

/** Whether a change takes an object away; the others write one. */
export function isRemoval({ kind }: Pick<ChangeRecord, 'kind'>): boolean {
  return kind === 'revert' || kind === 'expire';
}

/** The object that a removal takes away. */
export function removedObject(record: ChangeRecord): ObjectId {
  return {
    cluster: record.workload.cluster,
    namespace: record.workload.namespace,
    name: record.telemetryName,
    uid: record.baseUid ?? '',
  };
}
