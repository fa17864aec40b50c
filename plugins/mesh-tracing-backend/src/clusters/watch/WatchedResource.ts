import type { ApiServerError } from '../api/ApiServerError';

/** What to watch, and what to keep of it. */
export interface WatchedResource<T> {
  /** The resource's plural, as in RBAC rules: `pods`. */
  name: string;
  /** The API group, as in RBAC rules; empty for the core group. */
  apiGroup: string;
  /** The only namespace that is watched; the whole cluster when absent. */
  namespace?: string;
  /** The only object that is watched; all objects when absent. */
  objectName?: string;
  /** Only objects with these labels are watched, in the API server's words. */
  labelSelector?: string;
  /** Collection paths, one for each acceptable version, the preferred one first. */
  paths: readonly string[];
  /** Whether metadata suffices; the API server is then asked for nothing else. */
  metadataOnly?: boolean;
  /** What is kept of an object; undefined = it does not count. */
  select(object: unknown): T | undefined;
}

/** How current a watched resource is. */
export interface WatchStatus {
  /**
   * `syncing`: not listed yet. `synced`: current, as far as is known. `stale`: was
   * listed, but is not followed at the moment. `refused`: never listed, since the
   * API server does not allow it or does not have it.
   */
  state: 'syncing' | 'synced' | 'stale' | 'refused';
  /** The moment (since the epoch) that the content is as of. */
  asOfMs?: number;
  /** Why it is not synced. */
  error?: ApiServerError;
}
