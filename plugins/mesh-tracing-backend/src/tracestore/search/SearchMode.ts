import type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';
import type { StoreAbilities } from '../dialects/probeDialect';
import type { SpanFilters } from '../dialects/searchPath';

/** A filter on spans that some stores do not understand. */
export type DoubtfulFilter =
  | 'errors'
  | 'span kind'
  | 'attributes'
  | 'span duration';

/** How a search is put to the store. */
export interface SearchMode {
  abilities: StoreAbilities;
  /** Not handed to the store; applied here. */
  withheld: ReadonlySet<DoubtfulFilter>;
}

/** The doubtful filters that a query has. */
export function doubtfulFilters(query: TraceQuery): DoubtfulFilter[] {
  const byDuration =
    query.minSpanDurationUs !== undefined ||
    query.maxSpanDurationUs !== undefined;
  const byAttributes = Object.keys(query.attributes ?? {}).length > 0;
  return [
    ...(query.errorsOnly ? (['errors'] as const) : []),
    ...(query.kind ? (['span kind'] as const) : []),
    ...(byAttributes ? (['attributes'] as const) : []),
    ...(byDuration ? (['span duration'] as const) : []),
  ];
}

/** Filters that no request of this dialect can carry. */
export function inexpressible(
  abilities: StoreAbilities,
): readonly DoubtfulFilter[] {
  return abilities.search === 'v3' ? ['errors', 'span kind', 'attributes'] : [];
}

/** What is left of a query for the store. */
export function filtersToSend(
  mode: SearchMode,
  query: TraceQuery,
): SpanFilters {
  const { withheld } = mode;
  return {
    operation: query.operation,
    ...(withheld.has('errors') ? {} : { errorsOnly: query.errorsOnly }),
    ...(withheld.has('span kind') ? {} : { kind: query.kind }),
    ...(withheld.has('attributes') ? {} : { attributes: query.attributes }),
    ...(withheld.has('span duration')
      ? {}
      : {
          minSpanDurationUs: query.minSpanDurationUs,
          maxSpanDurationUs: query.maxSpanDurationUs,
        }),
  };
}

/** Filters of a query that are applied here and not by the store, in plain words. */
export function filtersAppliedHere(
  mode: SearchMode,
  query: TraceQuery,
): string[] {
  const byTrace =
    query.minTraceDurationUs !== undefined ||
    query.maxTraceDurationUs !== undefined;
  return [
    ...doubtfulFilters(query).filter(filter => mode.withheld.has(filter)),
    ...(byTrace ? ['trace duration'] : []),
  ];
}
