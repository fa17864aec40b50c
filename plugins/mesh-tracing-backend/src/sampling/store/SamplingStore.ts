import type {
  ApplyResponse,
  WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  ChangeRecord,
  ObjectId,
  ObjectKey,
  OverrideState,
} from '../protocol/ChangeRecord';
import type { Settlement } from '../protocol/Settlement';
import type { StoredError } from '../protocol/StoredError';

/** A request by its id, for retries. */
export interface RequestRecord {
  requestId: string;
  userRef: string;
  bodyHash: string;
  historyId: string;
  response?: ApplyResponse;
  error?: StoredError;
}

/** Whose changes are counted together: one person's of a workload or through an entity. */
export type ChangeSource = Pick<
  ChangeRecord,
  'actor' | 'entityRef' | 'workload'
>;

/** How many changes of some kinds one source may begin since then. */
export interface ChangeLimit {
  kinds: ChangeRecord['kind'][];
  sinceMs: number;
  max: number;
}

/** The limit of a change was reached. */
export class ChangeLimitError extends Error {
  override name = 'ChangeLimitError';

  constructor(readonly count: number, readonly oldestMs: number) {
    super(`${count} changes were begun already`);
  }
}

/** Whose changes a history holds: of any of these. */
export interface HistorySource {
  entityRefs?: string[];
  workloads?: WorkloadRef[];
  namespaces?: Array<Pick<WorkloadRef, 'cluster' | 'namespace'>>;
}

/** A change with its place in the order of all. */
export type StoredChange = ChangeRecord & { seq: number };

/** What the portal remembers of overrides. All methods are safe over replicas. */
export interface SamplingStore {
  /** The installation's secret of that name, made at the first call. */
  secret(name: string): Promise<string>;

  findRequest(requestId: string): Promise<RequestRecord | undefined>;
  /**
   * Stores an intent. False when the request id is known already.
   *
   * @throws ChangeLimitError when the limit is reached: over all replicas, as
   *   counting and storing are one step
   */
  begin(
    record: ChangeRecord,
    request?: Pick<RequestRecord, 'requestId' | 'userRef' | 'bodyHash'>,
    limit?: ChangeLimit,
  ): Promise<boolean>;
  /**
   * Ends a pending change, or with `witnessed` also one that was held for not
   * written. False when it was ended already.
   */
  settle(id: string, settlement: Settlement): Promise<boolean>;
  /** Keeps a change pending, with the failure that it is pending for. */
  annotate(
    id: string,
    failure: { message: string; key: string },
  ): Promise<void>;
  /** Takes a pending change back, as if it had never been begun. */
  discard(id: string): Promise<void>;
  find(id: string): Promise<ChangeRecord | undefined>;
  findByChange(changeId: string): Promise<ChangeRecord | undefined>;
  /** A change that was based on what that change wrote. */
  findByBase(baseChangeId: string): Promise<ChangeRecord | undefined>;
  pending(olderThanMs: number): Promise<ChangeRecord[]>;
  pendingFor(key: ObjectKey): Promise<ChangeRecord[]>;
  /** Newest first; with `beforeSeq` only those that are older than that one. */
  history(
    query: HistorySource & { beforeSeq?: number; limit: number },
  ): Promise<StoredChange[]>;
  /**
   * Changes that a user began since then, on the workload or through the entity, and
   * the oldest of them.
   */
  changesSince(
    by: ChangeSource,
    limit: Pick<ChangeLimit, 'kinds' | 'sinceMs'>,
  ): Promise<{ count: number; oldestMs?: number }>;

  states(cluster: string): Promise<OverrideState[]>;
  /** One for each object that had the name and whose end is not recorded yet. */
  statesOf(key: ObjectKey): Promise<OverrideState[]>;
  /** Records an event that is no write of the portal's, once per key. */
  recordSeen(
    key: string,
    record: ChangeRecord,
    change: { put?: OverrideState; forget?: ObjectId },
  ): Promise<boolean>;
  /** Remembers a state without an event. */
  putState(state: OverrideState): Promise<void>;

  /** True for the one caller that gets it, and for its holder again. */
  claim(key: string, holder: string, nowMs: number): Promise<boolean>;
  /**
   * Continues the work of a holder that did not renew its claim since then.
   * Gives the holder, to the one caller that gets it.
   */
  takeOver(
    key: string,
    nowMs: number,
    olderThanMs: number,
  ): Promise<string | undefined>;
  release(key: string, holder: string): Promise<void>;

  /** Deletes events, requests and claims that began before then. */
  purge(beforeMs: number): Promise<void>;
}
