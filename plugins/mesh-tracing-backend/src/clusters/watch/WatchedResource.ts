import type { ApiServerError } from '../api/ApiServerError';

/** What to watch, and what to keep of it. */
export interface WatchedResource<T> {
  /** Plural, as in RBAC rules: `pods`. */
  name: string;
  /** As in RBAC rules; empty for the core group. */
  apiGroup: string;
  /** Only this namespace; the whole cluster when absent. */
  namespace?: string;
  /** Only this object. */
  objectName?: string;
  /** Collection paths, one for each acceptable version, the preferred one first. */
  paths: readonly string[];
  /** Whether metadata suffices; the API server then sends nothing else. */
  metadataOnly?: boolean;
  /** What is kept of an object; undefined = it does not count. */
  select(object: unknown): T | undefined;
}

/** How current a watched resource is. */
export interface WatchStatus {
  /**
   * `syncing`: never listed. `synced`: as far as is known current. `stale`: was
   * listed, and is not being followed now. `refused`: never listed, since the
   * API server does not allow it or does not have it.
   */
  state: 'syncing' | 'synced' | 'stale' | 'refused';
  /** The moment (since the epoch) that the content is as of. */
  asOfMs?: number;
  /** Why it is not synced. */
  error?: ApiServerError;
}
