import type { TracesQuery } from 'backstage-plugin-mesh-tracing-common';
import type { UrlPatch } from '../shared';
import { parseDuration } from './parseDuration';

/** What the user typed; durations as text, tags as `key=value`. */
export interface TraceFilters {
  operation: string;
  errorsOnly: boolean;
  minDuration: string;
  maxDuration: string;
  tags: string[];
  limit: number;
}

/** Choices of how many traces to ask for at once. */
export const LIMITS = [20, 50, 100, 200, 500];
const DEFAULT_LIMIT = 100;

/** Reads the filters out of the URL. */
export function filtersOf(parameters: URLSearchParams): TraceFilters {
  const limit = Number(parameters.get('limit'));
  return {
    operation: parameters.get('operation') ?? '',
    errorsOnly: parameters.get('errors') === 'true',
    minDuration: parameters.get('min') ?? '',
    maxDuration: parameters.get('max') ?? '',
    tags: parameters.getAll('tag'),
    limit: LIMITS.includes(limit) ? limit : DEFAULT_LIMIT,
  };
}

/** The parameters that hold the filters. */
export function filterPatch(filters: TraceFilters): UrlPatch {
  return {
    operation: filters.operation || undefined,
    errors: filters.errorsOnly ? 'true' : undefined,
    min: filters.minDuration || undefined,
    max: filters.maxDuration || undefined,
    tag: filters.tags.filter(Boolean),
    limit: filters.limit === DEFAULT_LIMIT ? undefined : String(filters.limit),
  };
}

/** What the backend is asked; unusable durations are left out. */
export function queryOf(filters: TraceFilters): TracesQuery {
  return {
    operation: filters.operation || undefined,
    errorsOnly: filters.errorsOnly ? 'true' : undefined,
    minTraceDurationUs: usable(filters.minDuration),
    maxTraceDurationUs: usable(filters.maxDuration),
    tag: filters.tags.length > 0 ? filters.tags : undefined,
    limit: filters.limit,
  };
}

/** Whether anything narrows the search. */
export function isFiltered(filters: TraceFilters): boolean {
  return Boolean(
    filters.operation ||
      filters.errorsOnly ||
      filters.minDuration ||
      filters.maxDuration ||
      filters.tags.length,
  );
}

function usable(text: string): number | undefined {
  const durationUs = parseDuration(text);
  return Number.isFinite(durationUs) ? durationUs : undefined;
}
