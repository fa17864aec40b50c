/**
 * Why an answer does not hold every matching trace of its window.
 *
 * - `older`: older ones follow, from `continueAtMs` on.
 * - `same-instant`: more traces start at one instant than the store returns at
 *   once; no page will show them all.
 * - `failed-names`: service names could not be searched, see `failures`.
 * - `unproven-filter`: the store was never seen to apply a filter, and says that
 *   nothing passes; only the newest traces were looked through for it.
 * - `storage-recovering`: the storage failed seconds ago; the store may answer with
 *   what is back of it, as if that were all.
 * @public
 */
export type IncompleteReason =
  | 'older'
  | 'same-instant'
  | 'failed-names'
  | 'unproven-filter'
  | 'storage-recovering';

/** How much of the window an answer holds. @public */
export interface TraceCoverage {
  /** True when the answer holds every matching trace of the window. */
  complete: boolean;
  /**
   * True of traces that were chosen from all over the window to stand for all of
   * it; absent where an incomplete answer holds the newest ones.
   */
  isSample?: boolean;
  /** Traces that the store sent. */
  fetchedCount: number;
  /** Traces left after filters that the store could not apply. */
  matchedCount: number;
  /**
   * Of the fetched traces, those with a span of the query's subject. Absent
   * without a subject, and where service names alone told.
   */
  belongingCount?: number;
  /**
   * Of a complete answer, start of its oldest trace. Of another, the time since
   * which no matching span is missing but those that `incompleteBecause` tells of;
   * absent where nothing older is missing. Milliseconds since the epoch.
   */
  oldestStartTimeMs?: number;
  /**
   * End of the window of the next older page: all that is missing matches in there,
   * by a span, though its trace may have begun long before. Milliseconds since the
   * epoch with a fraction, exact to the microsecond; to be handed back as it is.
   * The next page may repeat traces. Absent where nothing older is missing; a store
   * that does not tell it is paged by `oldestStartTimeMs`.
   */
  continueAtMs?: number;
  /** Absent from a complete answer, and where the store does not tell. */
  incompleteBecause?: IncompleteReason[];
  /** Filters that were applied here and not by the store, in plain words. */
  filteredHere: string[];
  /** Trace service names that could not be searched, with the reason. */
  failures: Array<{ service: string; message: string }>;
}
