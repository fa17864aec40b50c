import type { PageFacts } from '../workers/TraceJob';
import type { TimeSlice } from './SearchPlan';

/** What became of one source in one slice. */
export interface SearchedPart<P extends PageFacts> {
  service: string;
  slice: TimeSlice;
  /** Pages that came, also where a later one failed. */
  pages: P[];
  /** Whether all traces of the slice were seen. */
  complete: boolean;
  /**
   * Where they were not: all with a matching span that started after this were,
   * but for those of crowded instants; milliseconds since the epoch, exact to the
   * microsecond. Absent where the search failed, and where only such instants are
   * missing.
   */
  searchedBackToMs?: number;
  /** Whether at some instant more traces start than the store returns at once. */
  isCrowded: boolean;
  /**
   * By trace, a time after which none of its matching spans starts that the slice
   * holds; whole microseconds since the epoch. Empty where the search failed.
   */
  latestUs: ReadonlyMap<string, number>;
  /** Page size that the store took after it had refused a larger one. */
  acceptedPageSize?: number;
  error?: Error;
}

/** What became of a plan. */
export interface SearchOutcome<P extends PageFacts> {
  /** Each slice's sources, in the order of the plan. */
  parts: Array<SearchedPart<P>>;
  /** Traces that the store sent, each counted once. */
  fetchedCount: number;
  /** Of these, those of the query's subject; absent where names alone tell. */
  belongingCount?: number;
  /** Of these, those that pass all filters. */
  matchedCount: number;
  /** Whether the storage had failed so shortly before that some may be missing. */
  isRecovering?: boolean;
  /**
   * Why there is no answer: every part failed, or one in a way that makes another
   * plan necessary.
   */
  failure?: Error;
}
