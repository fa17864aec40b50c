import type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';
import type { SpanFilters } from '../dialects/searchPath';

/** A filter on single spans, which a store can be asked to apply. */
export type SpanFilterName =
  | 'operation'
  | 'errors'
  | 'span-kind'
  | 'attributes'
  | 'span-duration';

/** A filter of a query. No store has the one on the whole trace's duration. */
export type FilterName = SpanFilterName | 'trace-duration';

interface SpanFilter {
  isIn(query: TraceQuery): boolean;
  fields: ReadonlyArray<keyof SpanFilters>;
}

const SPAN_FILTERS: Readonly<Record<SpanFilterName, SpanFilter>> = {
  operation: {
    isIn: ({ operation }) => operation !== undefined,
    fields: ['operation'],
  },
  errors: {
    isIn: ({ errorsOnly }) => errorsOnly === true,
    fields: ['errorsOnly'],
  },
  'span-kind': {
    isIn: ({ kind }) => kind !== undefined,
    fields: ['kind'],
  },
  attributes: {
    isIn: ({ attributes = {} }) => Object.keys(attributes).length > 0,
    fields: ['attributes'],
  },
  'span-duration': {
    isIn: ({ minSpanDurationUs, maxSpanDurationUs }) =>
      minSpanDurationUs !== undefined || maxSpanDurationUs !== undefined,
    fields: ['minSpanDurationUs', 'maxSpanDurationUs'],
  },
};

const NAMES = Object.keys(SPAN_FILTERS) as SpanFilterName[];

const WORDS: Readonly<Record<FilterName, string>> = {
  operation: 'operation',
  errors: 'errors',
  'span-kind': 'span kind',
  attributes: 'attributes',
  'span-duration': 'span duration',
  'trace-duration': 'trace duration',
};

/** The filters on spans that a query has. */
export function spanFiltersOf(query: TraceQuery): SpanFilterName[] {
  return NAMES.filter(name => SPAN_FILTERS[name].isIn(query));
}

/** Whether a query asks for traces of some duration. */
export function hasTraceDuration(query: TraceQuery): boolean {
  return (
    query.minTraceDurationUs !== undefined ||
    query.maxTraceDurationUs !== undefined
  );
}

/** The values of some of a query's filters. */
export function valuesOf(
  query: TraceQuery,
  names: readonly SpanFilterName[],
): SpanFilters {
  return Object.fromEntries(
    names.flatMap(name =>
      SPAN_FILTERS[name].fields.map(field => [field, query[field]]),
    ),
  );
}

/** Filters in plain words, as an answer lists them. */
export function filterWords(names: readonly FilterName[]): string[] {
  return names.map(name => WORDS[name]);
}
