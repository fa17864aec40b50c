import type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';
import { isOwnName } from './isOwnName';
import { isTrial } from './isTrial';
import {
  hasTraceDuration,
  spanFiltersOf,
  type FilterName,
  type SpanFilterName,
} from './searchFilters';
import type {
  PlannedSource,
  PlanReason,
  SearchFacts,
  SearchLimits,
  SearchPlan,
} from './SearchPlan';

/** In what a plan differs from the first one of its search. */
export interface PlanVariation {
  reason: PlanReason;
  /** Not pushed, to see whether they were why nothing was found. */
  suspected: readonly SpanFilterName[];
  /** Whether durations of spans are kept although the dialect has them. */
  keepsDurations: boolean;
}

const FIRST: PlanVariation = {
  reason: 'asked',
  suspected: [],
  keepsDurations: false,
};

/** Filters that no request of v3 before Jaeger 2.19 can carry. */
const NOT_IN_OLD_V3: ReadonlySet<SpanFilterName> = new Set([
  'errors',
  'span-kind',
  'attributes',
]);

/**
 * Filters that requests carry as tags. Not every storage has such tags: Jaeger's
 * in-memory one answers with nothing at all, or with the wrong spans.
 */
const AS_TAGS: ReadonlySet<SpanFilterName> = new Set(['errors', 'span-kind']);

/**
 * Filters that need spans to be applied here. Rows tell how many spans of a service
 * failed, but not whether one of those passes the other filters.
 */
const NEED_SPANS: ReadonlySet<FilterName> = new Set([
  'errors',
  'span-kind',
  'attributes',
  'span-duration',
]);

/** More are asked for than wanted when some will be filtered out here. */
const OVERFETCH = 3;

/**
 * Decides what a search asks of a store. Pure: the same question, facts and limits
 * make the same plan.
 */
export function planSearch(
  query: TraceQuery,
  facts: SearchFacts,
  limits: SearchLimits,
  variation: PlanVariation = FIRST,
): SearchPlan {
  const { suspected, reason } = variation;
  const { search: dialect } = facts.abilities;
  const filters = spanFiltersOf(query);
  const pushed = filters.filter(name => !isKept(name, facts, variation));
  const kept: FilterName[] = [
    ...filters.filter(name => !pushed.includes(name)),
    ...(hasTraceDuration(query) ? (['trace-duration'] as const) : []),
  ];
  const { form } = limits;
  const isOnTrial = isTrial(variation);
  const slices = (!isOnTrial && limits.slices) || [windowOf(query)];
  const wanted = limits.wantedPerSlice ?? query.limit;
  const readsRows =
    form === 'rows' &&
    dialect === 'summaries' &&
    !kept.some(name => NEED_SPANS.has(name)) &&
    !isAnsweredLoosely(pushed, query);
  const sources = sourcesOf(query, readsRows);
  const largest = Math.min(
    largestPage(sources, limits),
    facts.mostTraces ?? Infinity,
  );
  return {
    store: facts.store,
    reason,
    dialect,
    form,
    slices,
    sources,
    pages: {
      size: Math.min(
        largest,
        // One more than wanted tells "all" from "as many as asked for".
        wanted * (kept.length > 0 ? OVERFETCH : 1) + 1,
      ),
      largest,
      most: isOnTrial ? 1 : limits.pages,
      wanted,
    },
    pushed,
    kept,
    // Every storage of a Jaeger with summaries knows these tags.
    unproven:
      dialect === 'summaries'
        ? []
        : pushed.filter(name => AS_TAGS.has(name) && !facts.applies[name]),
    suspected,
    query,
  };
}

/**
 * Whether rows may be of traces in which no single span passes: Badger and
 * Cassandra look for each filter on any span of the service, and for durations on
 * any span at all. Only spans tell.
 */
function isAnsweredLoosely(
  pushed: readonly SpanFilterName[],
  { attributes = {} }: TraceQuery,
): boolean {
  return (
    pushed.includes('span-duration') ||
    pushed.length > 1 ||
    Object.keys(attributes).length > 1
  );
}

/** A filter that is not pushed: the dialect lacks it, or the store does not apply it. */
function isKept(
  name: SpanFilterName,
  { abilities, applies }: SearchFacts,
  { suspected, keepsDurations }: PlanVariation,
): boolean {
  return (
    (abilities.search === 'v3' && NOT_IN_OLD_V3.has(name)) ||
    applies[name] === false ||
    suspected.includes(name) ||
    (keepsDurations && name === 'span-duration')
  );
}

function windowOf({ startTimeMs, endTimeMs }: TraceQuery) {
  return { startTimeMs, endTimeMs };
}

function sourcesOf(query: TraceQuery, readsRows: boolean): PlannedSource[] {
  return [...new Set(query.services)].map(service => ({
    service,
    resource:
      readsRows && isOwnName(service, query.subject) ? 'summaries' : 'spans',
  }));
}

/** All sources are read in pages of one size, which the heaviest resource allows. */
function largestPage(
  sources: readonly PlannedSource[],
  { pageSizes, form }: SearchLimits,
): number {
  const sizes = sources.map(({ resource }) => pageSizes[resource]);
  return sizes.length > 0
    ? Math.min(...sizes)
    : pageSizes[form === 'rows' ? 'summaries' : 'spans'];
}
