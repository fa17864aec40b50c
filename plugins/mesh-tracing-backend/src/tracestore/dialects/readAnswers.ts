import {
  normalizeTraceId,
  UNKNOWN_SERVICE,
  type TraceServiceCount,
  type TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import type { StoreDependency } from 'backstage-plugin-mesh-tracing-node';
import type { PageTimes } from '../workers/TraceJob';

type Json = Record<string, unknown>;

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function count(value: unknown): number {
  const number = Number(value ?? 0);
  return Number.isFinite(number) && number > 0 ? Math.floor(number) : 0;
}

function texts(values: unknown[]): string[] {
  const names = values.filter(
    (value): value is string => typeof value === 'string' && value !== '',
  );
  return [...new Set(names)].sort();
}

/** Names from `{services}` (v3) or `{data}` (legacy); null and absent mean none. */
export function readServices(json: unknown): string[] {
  const { services, data } = record(json);
  return texts(list(services ?? data));
}

/** Names from `{operations: [{name}]}` (v3) or `{data: [name]}` (legacy). */
export function readOperations(json: unknown): string[] {
  const { operations, data } = record(json);
  return texts(
    list(operations ?? data).map(item =>
      typeof item === 'string' ? item : record(item).name,
    ),
  );
}

function nanoseconds(value: unknown): bigint {
  const text = String(value ?? '');
  return /^\d{1,19}$/.test(text) ? BigInt(text) : 0n;
}

/** As the decoders of spans name a service that has no name. */
function nameOf(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : UNKNOWN_SERVICE;
}

interface ReadRow {
  row: TraceSummary;
  startUs: number;
  endUs: number;
}

function readSummary(value: unknown): ReadRow[] {
  const summary = record(value);
  const traceId = normalizeTraceId(summary.traceId ?? summary.traceID);
  if (!traceId) {
    return [];
  }
  const start = nanoseconds(summary.minStartTimeUnixNano);
  const end = nanoseconds(summary.maxEndTimeUnixNano);
  const { rootServiceName, rootOperationName } = summary;
  const isNamed = Boolean(rootServiceName || rootOperationName);
  const hasRoot =
    isNamed || (rootServiceName === '' && count(summary.orphanSpanCount) === 0);
  const services = list(summary.services).map((item): TraceServiceCount => {
    const service = record(item);
    return {
      name: nameOf(service.name),
      spanCount: count(service.spanCount),
      errorSpanCount: count(service.errorSpanCount),
    };
  });
  const startUs = Number(start / 1000n);
  const row: TraceSummary = {
    traceId,
    ...(hasRoot
      ? {
          rootService: nameOf(rootServiceName),
          rootOperation:
            typeof rootOperationName === 'string' ? rootOperationName : '',
        }
      : {}),
    startTimeMs: startUs / 1000,
    durationUs: end > start ? Number(end - start) / 1000 : 0,
    spanCount: count(summary.spanCount),
    errorSpanCount: count(summary.errorSpanCount),
    orphanSpanCount: count(summary.orphanSpanCount),
    services,
  };
  return [{ row, startUs, endUs: Math.max(startUs, Number(end / 1000n)) }];
}

/** Rows that a store has ready made, in its order. */
export interface ReadSummaries {
  summaries: TraceSummary[];
  times: PageTimes;
}

/** `{summaries}` of `/api/v3/trace-summaries`: zeros are omitted, times are decimal texts. */
export function readSummaries(json: unknown): ReadSummaries {
  const rows = list(record(json).summaries).flatMap(readSummary);
  return {
    summaries: rows.map(({ row }) => row),
    times: {
      startUs: rows.map(({ startUs }) => startUs),
      endUs: rows.map(({ endUs }) => endUs),
    },
  };
}

/** `{data: [{parent, child, callCount}]}`. */
export function readDependencies(json: unknown): StoreDependency[] {
  return list(record(json).data).flatMap(item => {
    const { parent, child, callCount } = record(item);
    return typeof parent === 'string' && typeof child === 'string'
      ? [{ parent, child, callCount: count(callCount) }]
      : [];
  });
}
