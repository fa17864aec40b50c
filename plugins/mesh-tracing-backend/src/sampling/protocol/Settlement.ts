import type { ApplyResponse } from 'backstage-plugin-mesh-tracing-common';
import type { ObjectId, OverrideState } from './ChangeRecord';
import type { StoredError } from './StoredError';

/** How a change ended. What each end brings with it is stored in one step. */
export type Settlement = Succeeded | Failed | Superseded;

/** The cluster was changed as intended. */
export type Succeeded = Written | Overwritten | Removed;

/** The object was written, and was seen as it was written. */
export interface Written extends Witnessed {
  outcome: 'succeeded';
  how: 'written';
  uid: string | undefined;
  /** What a retry of the request is answered. */
  response: ApplyResponse;
  /** As the API server stored it; absent = as it was intended. */
  content?: string;
  /** What the portal remembers from now on. */
  put?: OverrideState;
}

/** The object was written, and another change has replaced it since. */
export interface Overwritten {
  outcome: 'succeeded';
  how: 'overwritten';
  uid: string | undefined;
  /** What the portal remembers, where it remembers nothing newer. */
  put?: OverrideState;
}

/**
 * The object is gone. Of several changes that removed one object, the first that is
 * settled succeeds; the others become `superseded` with cause `gone-already`.
 */
export interface Removed extends Witnessed {
  outcome: 'succeeded';
  how: 'removed';
  object: ObjectId;
  /** Set where the change had been given up before. */
  cause?: 'seen-later';
}

/** Nothing was written. */
export type Failed =
  | { outcome: 'failed'; cause: 'given-up' }
  | { outcome: 'failed'; cause: 'refused'; error: StoredError };

/** Nothing was written, since something else was there first. */
export type Superseded =
  | { outcome: 'superseded'; cause: 'overtaken' | 'repeated' }
  | { outcome: 'superseded'; cause: 'conflict'; error: StoredError };

interface Witnessed {
  /**
   * The write itself was seen, so that this outweighs what another replica
   * concluded meanwhile, such as one whose clock is ahead.
   */
  witnessed?: boolean;
}
