import type { ServerResponse } from 'node:http';
import {
  matchesTraceQuery,
  normalizeTraceId,
  summarizeTrace,
  type SpanKind,
  type Trace,
  type TraceQuery,
} from 'backstage-plugin-mesh-tracing-common';
import { jaegerJson, otlpJson } from './traceJson';
import {
  sendJson,
  sendPage,
  sendText,
  type Handler,
} from './MisbehavingServer';

/** Which Jaeger is imitated. */
export interface FakeJaegerOptions {
  traces: Trace[];
  /**
   * `2.19`: summaries, v3 with attributes, legacy; `2.21`: the same without legacy
   * search; `2.13`: legacy, v3 without attributes; `1.0` and `look-alike`: legacy
   * only.
   */
  version: '1.0' | '2.13' | '2.19' | '2.21' | 'look-alike';
  basePath?: string;
}

function v3Error(
  response: ServerResponse,
  status: number,
  message: string,
): void {
  sendText(
    response,
    JSON.stringify({ error: { httpCode: status, message } }),
    status,
  );
}

function legacyError(
  response: ServerResponse,
  status: number,
  msg: string,
): void {
  const errors = [{ code: status, msg }];
  sendText(
    response,
    JSON.stringify({ data: null, total: 0, limit: 0, offset: 0, errors }),
    status,
  );
}

/** A Go duration in the units that the client uses. */
function microseconds(text: string | null): number | undefined {
  const match = text === null ? null : /^(\d+)us$/.exec(text);
  return match ? Number(match[1]) : undefined;
}

function attributesOf(json: string | null): Partial<TraceQuery> | undefined {
  if (json === null) {
    return {};
  }
  const attributes = JSON.parse(json) as Record<string, unknown>;
  return Object.values(attributes).every(value => typeof value === 'string')
    ? { attributes: attributes as Record<string, string> }
    : undefined;
}

class FakeJaeger {
  constructor(readonly options: FakeJaegerOptions) {}

  readonly handle: Handler = (request, response, url) => {
    const base = this.options.basePath ?? '';
    if (!url.pathname.startsWith(`${base}/api/`)) {
      sendPage(response);
      return;
    }
    const path = url.pathname.slice(base.length);
    const isKnown =
      request.method === 'GET' &&
      (path.startsWith('/api/v3/')
        ? this.#v3(path, url.searchParams, response)
        : this.#legacy(path, url.searchParams, response));
    if (!isKnown) {
      this.#unknownPath(response);
    }
  };

  /** Text 404 since 2.16, the page before. */
  #unknownPath(response: ServerResponse): void {
    const { version } = this.options;
    if (version === '2.13' || version === '1.0') {
      sendPage(response);
    } else if (version === 'look-alike') {
      sendText(response, 'unsupported path requested', 400);
    } else {
      sendText(response, '404 page not found', 404);
    }
  }

  #services(): string[] {
    const names = this.options.traces.flatMap(trace =>
      trace.spans.map(span => span.service),
    );
    return [...new Set(names)];
  }

  #v3(path: string, query: URLSearchParams, response: ServerResponse): boolean {
    const { version } = this.options;
    if (version === 'look-alike' || version === '1.0') {
      return false;
    }
    const isNew = version !== '2.13';
    if (path === '/api/v3/services') {
      const services = this.#services();
      sendJson(
        response,
        services.length > 0 ? { services } : {},
        200,
        'text/plain',
      );
      return true;
    }
    if (path === '/api/v3/operations') {
      sendJson(response, {
        operations: this.#operations(query.get('service')),
      });
      return true;
    }
    if (path === '/api/v3/trace-summaries' && isNew) {
      this.#v3Search(query, response, true);
      return true;
    }
    if (path === '/api/v3/traces') {
      this.#v3Search(query, response, false);
      return true;
    }
    const id = /^\/api\/v3\/traces\/([^/]+)$/.exec(path)?.[1];
    if (id) {
      const found = this.#find(id);
      if (found) {
        sendJson(response, { result: otlpJson([found]) }, 200, 'text/plain');
      } else {
        v3Error(response, 404, 'No traces found');
      }
    }
    return id !== undefined;
  }

  #v3Search(
    query: URLSearchParams,
    response: ServerResponse,
    summaries: boolean,
  ): void {
    const isNew = this.options.version !== '2.13';
    const get = (camel: string, snake: string) =>
      (isNew ? query.get(`query.${camel}`) : null) ??
      query.get(`query.${snake}`);
    const start = Date.parse(get('startTimeMin', 'start_time_min') ?? '');
    const end = Date.parse(get('startTimeMax', 'start_time_max') ?? '');
    if (Number.isNaN(start) || Number.isNaN(end)) {
      v3Error(
        response,
        400,
        'query.startTimeMin and query.startTimeMax are required',
      );
      return;
    }
    const depth = isNew
      ? query.get('query.searchDepth') ?? query.get('query.num_traces') ?? '100'
      : query.get('query.num_traces') ?? '0';
    if (Number(depth) < 1) {
      v3Error(
        response,
        500,
        'search depth must be greater than 0 and less than max traces',
      );
      return;
    }
    const attributes = attributesOf(
      isNew ? query.get('query.attributes') : null,
    );
    if (!attributes) {
      v3Error(
        response,
        400,
        'malformed parameter query.attributes: not a string',
      );
      return;
    }
    const found = this.#search({
      services: [get('serviceName', 'service_name') ?? ''].filter(Boolean),
      operation: get('operationName', 'operation_name') ?? undefined,
      startTimeMs: start,
      endTimeMs: end,
      minSpanDurationUs: microseconds(get('durationMin', 'duration_min')),
      maxSpanDurationUs: microseconds(get('durationMax', 'duration_max')),
      limit: Number(depth),
      ...attributes,
    });
    if (summaries) {
      sendJson(response, { summaries: found.map(summaryJson) });
    } else if (found.length === 0) {
      v3Error(response, 404, 'No traces found');
    } else {
      sendJson(response, { result: otlpJson(found) }, 200, 'text/plain');
    }
  }

  #legacy(
    path: string,
    query: URLSearchParams,
    response: ServerResponse,
  ): boolean {
    const id = /^\/api\/traces\/([^/]+)$/.exec(path)?.[1];
    if (id) {
      const found = this.#find(id);
      if (found) {
        sendJson(response, { data: [jaegerJson(found)], errors: null });
      } else {
        legacyError(response, 404, 'trace not found');
      }
      return true;
    }
    if (path === '/api/dependencies') {
      sendJson(response, { data: [{ parent: 'a', child: 'b', callCount: 3 }] });
      return true;
    }
    if (this.options.version === '2.21') {
      return false;
    }
    if (path === '/api/services') {
      const data = this.#services();
      sendJson(response, {
        data: data.length > 0 ? data : null,
        total: data.length,
      });
      return true;
    }
    const service = /^\/api\/services\/([^/]+)\/operations$/.exec(path)?.[1];
    if (service) {
      const names = this.#operations(decodeURIComponent(service));
      sendJson(response, {
        data: names.length > 0 ? names.map(o => o.name) : null,
      });
      return true;
    }
    if (path === '/api/traces') {
      this.#legacySearch(query, response);
      return true;
    }
    return false;
  }

  #legacySearch(query: URLSearchParams, response: ServerResponse): void {
    const service = query.get('service');
    if (!service) {
      legacyError(response, 400, "parameter 'service' is required");
      return;
    }
    const attributes = attributesOf(query.get('tags'));
    if (!attributes) {
      legacyError(response, 400, "malformed 'tags' parameter");
      return;
    }
    const found = this.#search({
      services: [service],
      operation: query.get('operation') ?? undefined,
      startTimeMs: Number(query.get('start')) / 1000,
      endTimeMs: Number(query.get('end')) / 1000,
      minSpanDurationUs: microseconds(query.get('minDuration')),
      maxSpanDurationUs: microseconds(query.get('maxDuration')),
      limit: Number(query.get('limit') ?? '100'),
      ...attributes,
    });
    sendJson(response, { data: found.map(jaegerJson), errors: null });
  }

  #operations(
    service: string | null,
  ): Array<{ name: string; spanKind: SpanKind }> {
    const names = new Map<string, SpanKind>();
    for (const trace of this.options.traces) {
      for (const span of trace.spans) {
        if (span.service === service) {
          names.set(span.operation, span.kind);
        }
      }
    }
    return [...names].map(([name, spanKind]) => ({ name, spanKind }));
  }

  #search(query: TraceQuery): Trace[] {
    return this.options.traces
      .filter(trace => matchesTraceQuery(trace, query))
      .sort((a, b) => b.startTimeUs - a.startTimeUs)
      .slice(0, query.limit);
  }

  #find(id: string): Trace | undefined {
    const wanted = normalizeTraceId(id);
    return this.options.traces.find(trace => trace.traceId === wanted);
  }
}

/** A row in proto3 JSON: zeros are left out, nanoseconds are decimal texts. */
function summaryJson(trace: Trace): unknown {
  const row = summarizeTrace(trace);
  const start = BigInt(trace.startTimeUs) * 1000n;
  const end = start + BigInt(Math.round(trace.durationUs * 1000));
  const counts = (spanCount: number, errorSpanCount: number) => ({
    ...(spanCount > 0 ? { spanCount } : {}),
    ...(errorSpanCount > 0 ? { errorSpanCount } : {}),
  });
  return {
    traceId: row.traceId,
    ...(row.rootService ? { rootServiceName: row.rootService } : {}),
    ...(row.rootOperation ? { rootOperationName: row.rootOperation } : {}),
    minStartTimeUnixNano: String(start),
    maxEndTimeUnixNano: String(end),
    ...counts(row.spanCount, row.errorSpanCount),
    ...(row.orphanSpanCount > 0
      ? { orphanSpanCount: row.orphanSpanCount }
      : {}),
    services: row.services.map(service => ({
      name: service.name,
      ...counts(service.spanCount, service.errorSpanCount),
    })),
  };
}

/** A strict stand-in for Jaeger's query service, quirks included. */
export function fakeJaeger(options: FakeJaegerOptions): Handler {
  return new FakeJaeger(options).handle;
}
