import type { TracesQuery } from 'backstage-plugin-mesh-tracing-common';
import type { UrlPatch } from '../../shared/address/useTracingUrl';
import { parseDuration } from './parseDuration';

/** Kinds of span to choose from. */
export const KINDS = [
  'server',
  'client',
  'producer',
  'consumer',
  'internal',
] as const;
/** A kind of span. */
export type Kind = (typeof KINDS)[number];

/** What the user typed; durations as text, tags as `key=value`. */
export interface TraceFilters {
  operation: string;
  errorsOnly: boolean;
  /** Of the whole trace. */
  minTraceDuration: string;
  maxTraceDuration: string;
  tags: string[];
  kind?: Kind;
  /** Of a span that passes the other filters. */
  minSpanDuration: string;
  maxSpanDuration: string;
  limit: number;
}

/** Choices of how many traces to ask for at once. */
export const LIMITS = [20, 50, 100, 200, 500];
const DEFAULT_LIMIT = 100;

/** Nothing narrows the search. */
export const NO_FILTERS: TraceFilters = {
  operation: '',
  errorsOnly: false,
  minTraceDuration: '',
  maxTraceDuration: '',
  tags: [],
  kind: undefined,
  minSpanDuration: '',
  maxSpanDuration: '',
  limit: DEFAULT_LIMIT,
};

/** Reads the filters out of the URL. */
export function filtersOf(parameters: URLSearchParams): TraceFilters {
  const limit = Number(parameters.get('limit'));
  const text = (name: string) => parameters.get(name) ?? '';
  return {
    operation: text('operation'),
    errorsOnly: text('errors') === 'true',
    minTraceDuration: text('min'),
    maxTraceDuration: text('max'),
    tags: parameters.getAll('tag'),
    kind: KINDS.find(kind => kind === text('kind')),
    minSpanDuration: text('spanMin'),
    maxSpanDuration: text('spanMax'),
    limit: LIMITS.includes(limit) ? limit : DEFAULT_LIMIT,
  };
}

/** The parameters that hold the filters. */
export function filterPatch(filters: TraceFilters): UrlPatch {
  return {
    operation: filters.operation || undefined,
    errors: filters.errorsOnly ? 'true' : undefined,
    min: filters.minTraceDuration || undefined,
    max: filters.maxTraceDuration || undefined,
    tag: filters.tags.filter(Boolean),
    kind: filters.kind,
    spanMin: filters.minSpanDuration || undefined,
    spanMax: filters.maxSpanDuration || undefined,
    limit: filters.limit === DEFAULT_LIMIT ? undefined : String(filters.limit),
  };
}

/** What the backend is asked; unusable durations are left out. */
export function queryOf(filters: TraceFilters): TracesQuery {
  return {
    operation: filters.operation || undefined,
    kind: filters.kind,
    errorsOnly: filters.errorsOnly ? 'true' : undefined,
    minTraceDurationUs: usable(filters.minTraceDuration),
    maxTraceDurationUs: usable(filters.maxTraceDuration),
    minSpanDurationUs: usable(filters.minSpanDuration),
    maxSpanDurationUs: usable(filters.maxSpanDuration),
    tag: filters.tags.length > 0 ? filters.tags : undefined,
    limit: filters.limit,
  };
}

/** Whether anything narrows the search. */
export function isFiltered(filters: TraceFilters): boolean {
  return Boolean(
    filters.operation ||
      filters.errorsOnly ||
      filters.minTraceDuration ||
      filters.maxTraceDuration ||
      filters.tags.length ||
      filters.kind ||
      filters.minSpanDuration ||
      filters.maxSpanDuration,
  );
}

/** How many filters behind "More filters" are set. */
export function advancedCount(filters: TraceFilters): number {
  return [
    filters.kind,
    filters.minSpanDuration,
    filters.maxSpanDuration,
    filters.limit !== DEFAULT_LIMIT,
  ].filter(Boolean).length;
}

function usable(text: string): number | undefined {
  const durationUs = parseDuration(text);
  return Number.isFinite(durationUs) ? durationUs : undefined;
}
