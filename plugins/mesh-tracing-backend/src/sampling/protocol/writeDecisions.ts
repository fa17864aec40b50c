import { isErrorNamed } from '../../shared/isErrorNamed';
import type { ChangeRecord } from './ChangeRecord';

/**
 * How a write to the API server failed.
 *
 * - `refused`: the object, or the portal, may not. Nothing was written.
 * - `conflict`: the object is not the version that the write names. Nothing was
 *   written.
 * - `not-found`: there is no such object. Nothing was written by this attempt; an
 *   earlier one may have removed it.
 * - `unknown`: no answer, or none that tells. It may have been written.
 */
export type WriteFailure = 'refused' | 'conflict' | 'not-found' | 'unknown';

/** A change that a person waits for, or the end that the portal brings about. */
export type ChangeOwner = 'person' | 'portal';

/** What becomes of a change whose write failed. */
export interface WriteDecision {
  /**
   * - `fail`, `supersede`: it is settled.
   * - `discard`: it is taken back, and begun anew if it is still due.
   * - `keep`: it stays pending, with the reason; tried again, or settled by what
   *   the cluster has.
   */
  record: 'fail' | 'supersede' | 'discard' | 'keep';
  /** `end`: the auditor is told of a failure. `open`: of nothing until it is known. */
  audit: 'end' | 'open';
}

/** What becomes of whose change after which failure. */
export const WRITE_DECISIONS: Record<
  ChangeOwner,
  Record<WriteFailure, WriteDecision>
> = {
  person: {
    refused: { record: 'fail', audit: 'end' },
    conflict: { record: 'supersede', audit: 'end' },
    'not-found': { record: 'supersede', audit: 'end' },
    unknown: { record: 'keep', audit: 'open' },
  },
  portal: {
    // The end has passed: it is tried until it succeeds.
    refused: { record: 'keep', audit: 'end' },
    conflict: { record: 'discard', audit: 'end' },
    // An earlier attempt may have removed it; who finds out tells the auditor.
    'not-found': { record: 'keep', audit: 'open' },
    unknown: { record: 'keep', audit: 'open' },
  },
};

/** What becomes of a change whose write ended with this error. */
export function decideAfterError(
  { kind }: Pick<ChangeRecord, 'kind'>,
  error: Error,
): WriteDecision {
  return WRITE_DECISIONS[kind === 'expire' ? 'portal' : 'person'][
    writeFailureOf(error)
  ];
}

/** How a write failed, by the type of the error that `MeshCluster` promises. */
export function writeFailureOf(error: unknown): WriteFailure {
  if (isErrorNamed(error, 'ConflictError')) {
    return 'conflict';
  }
  if (isErrorNamed(error, 'NotFoundError')) {
    return 'not-found';
  }
  return isErrorNamed(
    error,
    'InputError',
    'NotAllowedError',
    'AuthenticationError',
  )
    ? 'refused'
    : 'unknown';
}

/** Whether a write failed because the object is not the one that it was made for. */
export function isOvertakenWrite(error: unknown): boolean {
  return ['conflict', 'not-found'].includes(writeFailureOf(error));
}
