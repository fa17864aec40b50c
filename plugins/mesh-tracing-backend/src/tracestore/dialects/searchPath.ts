import type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';

/** One request of a search: one service name, one window, one page. */
export interface SearchPage {
  service: string;
  startTimeMs: number;
  endTimeMs: number;
  limit: number;
}

/** The filters of a query that a dialect hands to the store. */
export type SpanFilters = Pick<
  TraceQuery,
  | 'operation'
  | 'kind'
  | 'errorsOnly'
  | 'attributes'
  | 'minSpanDurationUs'
  | 'maxSpanDurationUs'
>;

/**
 * Whole microseconds, else nanoseconds. Zero means "no limit" to Jaeger, to whom no
 * span lasts less than a nanosecond.
 */
function goDuration(us: number | undefined): string | undefined {
  if (us === undefined) {
    return undefined;
  }
  return Number.isInteger(us) && us > 0
    ? `${us}us`
    : `${Math.max(1, Math.round(us * 1000))}ns`;
}

/** Whole microseconds since the epoch. */
function toUs(ms: number): string {
  return String(Math.round(ms * 1000));
}

/** RFC 3339 with microseconds, which paging by the oldest trace seen needs. */
function rfc3339(ms: number): string {
  const us = Math.round(ms * 1000);
  const wholeMs = Math.floor(us / 1000);
  const rest = String(us - wholeMs * 1000).padStart(3, '0');
  return new Date(wholeMs).toISOString().replace('Z', `${rest}Z`);
}

/**
 * Tags that say the same as the filters on status and kind. Not all storages
 * understand them, which the caller must allow for.
 */
function tagsOf(filters: SpanFilters): Record<string, string> | undefined {
  const tags: Record<string, string> = {
    ...filters.attributes,
    ...(filters.errorsOnly ? { error: 'true' } : {}),
    ...(filters.kind ? { 'span.kind': filters.kind } : {}),
  };
  return Object.keys(tags).length > 0 ? tags : undefined;
}

function query(parameters: Record<string, string | undefined>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined) {
      search.set(key, value);
    }
  }
  return search.toString();
}

/** `/api/traces`: microseconds, Go durations, tags as an object of strings. */
export function legacySearchPath(
  page: SearchPage,
  filters: SpanFilters,
): string {
  const tags = tagsOf(filters);
  return `/api/traces?${query({
    service: page.service,
    operation: filters.operation,
    start: toUs(page.startTimeMs),
    end: toUs(page.endTimeMs),
    minDuration: goDuration(filters.minSpanDurationUs),
    maxDuration: goDuration(filters.maxSpanDurationUs),
    tags: tags && JSON.stringify(tags),
    limit: String(page.limit),
  })}`;
}

/** `/api/v3/traces` or `/api/v3/trace-summaries` as Jaeger 2.19 and newer name it. */
export function v3SearchPath(
  resource: 'traces' | 'trace-summaries',
  page: SearchPage,
  filters: SpanFilters,
): string {
  const tags = tagsOf(filters);
  return `/api/v3/${resource}?${query({
    'query.serviceName': page.service,
    'query.operationName': filters.operation,
    'query.attributes': tags && JSON.stringify(tags),
    'query.startTimeMin': rfc3339(page.startTimeMs),
    'query.startTimeMax': rfc3339(page.endTimeMs),
    'query.durationMin': goDuration(filters.minSpanDurationUs),
    'query.durationMax': goDuration(filters.maxSpanDurationUs),
    'query.searchDepth': String(page.limit),
  })}`;
}

/** `/api/v3/traces` before Jaeger 2.19: other names, no attributes. */
export function oldV3SearchPath(
  page: SearchPage,
  filters: SpanFilters,
): string {
  return `/api/v3/traces?${query({
    'query.service_name': page.service,
    'query.operation_name': filters.operation,
    'query.start_time_min': rfc3339(page.startTimeMs),
    'query.start_time_max': rfc3339(page.endTimeMs),
    'query.duration_min': goDuration(filters.minSpanDurationUs),
    'query.duration_max': goDuration(filters.maxSpanDurationUs),
    'query.num_traces': String(page.limit),
  })}`;
}

/** One trace; the hint helps storages that are partitioned by time. */
export function tracePath(
  detail: 'v3' | 'legacy',
  traceId: string,
  hint: { startTimeMs: number; endTimeMs: number } | undefined,
): string {
  const id = encodeURIComponent(traceId);
  if (detail === 'v3') {
    return `/api/v3/traces/${id}?${query({
      startTime: hint && rfc3339(hint.startTimeMs),
      endTime: hint && rfc3339(hint.endTimeMs),
      start_time: hint && rfc3339(hint.startTimeMs),
      end_time: hint && rfc3339(hint.endTimeMs),
    })}`.replace(/\?$/, '');
  }
  return `/api/traces/${id}?${query({
    start: hint && toUs(hint.startTimeMs),
    end: hint && toUs(hint.endTimeMs),
  })}`.replace(/\?$/, '');
}
