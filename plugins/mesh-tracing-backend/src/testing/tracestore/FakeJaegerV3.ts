import type { ServerResponse } from 'node:http';
import type { FakeJaegerVersion } from './fakeJaeger';
import type { FakeTraces } from './FakeTraces';
import { attributesOf, microseconds } from './jaegerFilters';
import { sendJson, sendText } from './MisbehavingServer';
import { summaryJson } from './summaryJson';
import { otlpJson } from './traceJson';

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

/** The v3 API, with and without the search for summaries. */
export class FakeJaegerV3 {
  constructor(
    readonly version: FakeJaegerVersion,
    readonly traces: FakeTraces,
  ) {}

  /** Whether the path is known. */
  handle(
    path: string,
    query: URLSearchParams,
    response: ServerResponse,
  ): boolean {
    const { version } = this;
    if (version === 'look-alike' || version === '1.0') {
      return false;
    }
    const isNew = version !== '2.13';
    if (path === '/api/v3/services') {
      const services = this.traces.services();
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
        operations: this.traces.operations(query.get('service')),
      });
      return true;
    }
    if (path === '/api/v3/trace-summaries' && isNew) {
      this.#search(query, response, true);
      return true;
    }
    if (path === '/api/v3/traces') {
      this.#search(query, response, false);
      return true;
    }
    const id = /^\/api\/v3\/traces\/([^/]+)$/.exec(path)?.[1];
    if (id) {
      const found = this.traces.find(id);
      if (found) {
        sendJson(response, { result: otlpJson([found]) }, 200, 'text/plain');
      } else {
        v3Error(response, 404, 'No traces found');
      }
    }
    return id !== undefined;
  }

  #search(
    query: URLSearchParams,
    response: ServerResponse,
    summaries: boolean,
  ): void {
    const isNew = this.version !== '2.13';
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
    const found = this.traces.search({
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
}
