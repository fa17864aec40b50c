import type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';
import type { JaegerDialect } from '../config/JaegerStoreConfig';
import type { StoreAbilities } from '../dialects/probeDialect';
import type { FilterName, SpanFilterName } from './searchFilters';

/** A part of a window; milliseconds since the epoch, both ends included. */
export interface TimeSlice {
  startTimeMs: number;
  endTimeMs: number;
}

/** Why a search has this plan and not the one before it. */
export type PlanReason =
  /** It is the first. */
  | 'asked'
  /** The store refused durations together with tags. */
  | 'combination-refused'
  /** Nothing came, with a filter that this store may not know. */
  | 'filters-doubted'
  /** A trace passed here that the store did not find with that filter. */
  | 'filters-useless'
  /** The answer was none of the API; the store speaks another dialect by now. */
  | 'dialect-changed';

/** A trace service name, and where its traces are read. */
export interface PlannedSource {
  service: string;
  /** Rows ready made, or spans of whole traces. */
  resource: 'summaries' | 'spans';
}

/** How each source is read in each slice. */
export interface PlannedPages {
  /** Traces asked for at once, at first. */
  size: number;
  /** Traces asked for at once where a slice cannot be cut any finer. */
  largest: number;
  /** Requests at most. */
  most: number;
  /** No more pages once so many traces match. */
  wanted: number;
}

/**
 * What a search will ask of a store: each source in each slice, page by page. It is
 * plain data, made by `planSearch` before the first request and run by
 * `executePlan`.
 */
export interface SearchPlan {
  store: string;
  reason: PlanReason;
  dialect: JaegerDialect;
  /** What is made of the pages: rows of a list, or columns to analyse. */
  form: 'rows' | 'columns';
  /** Parts of the window, each searched for its newest traces, side by side. */
  slices: readonly TimeSlice[];
  sources: readonly PlannedSource[];
  pages: PlannedPages;
  /** Filters that the store is asked to apply. */
  pushed: readonly SpanFilterName[];
  /** Filters that are applied to what the store sends. */
  kept: readonly FilterName[];
  /** Of those pushed, the ones that this store was never seen to apply. */
  unproven: readonly SpanFilterName[];
  /** Kept on trial: whether they were why the plan before found nothing. */
  suspected: readonly SpanFilterName[];
  /** The values of the filters, whose traces are meant, and how many. */
  query: TraceQuery;
}

/** What is known of a store when a search is planned. */
export interface SearchFacts {
  store: string;
  abilities: StoreAbilities;
  /** Filters that were seen to work (true) or not (false) in this store. */
  applies: Readonly<Partial<Record<SpanFilterName, boolean>>>;
  /** Traces that it returns at once, as far as its refusals told. */
  mostTraces?: number;
}

/** How much a search may ask for. */
export interface SearchLimits {
  form: SearchPlan['form'];
  /** Traces of one page at most, by resource. */
  pageSizes: Readonly<Record<PlannedSource['resource'], number>>;
  /** Requests for one source in one slice at most. */
  pages: number;
  /** Parts of the window; the whole when absent. */
  slices?: readonly TimeSlice[];
  /** Matching traces of one slice; those that the query asks for when absent. */
  wantedPerSlice?: number;
}
