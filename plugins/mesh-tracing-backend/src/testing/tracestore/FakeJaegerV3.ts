import type { ServerResponse } from 'node:http';
import type { Trace } from 'backstage-plugin-mesh-tracing-common';
import type { FakeJaegerVersion } from './fakeJaeger';
import type { FakeTraces } from './FakeTraces';
import {
  attributesOf,
  instantNsOf,
  nanosecondsOf,
  wholeNumberOf,
} from './jaegerFilters';
import { refusalOf } from './refusalOf';
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
        services.length > 0 || isNew ? { services } : {},
        200,
        isNew ? 'application/json' : 'text/plain',
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
    const startNs = instantNsOf(get('startTimeMin', 'start_time_min'));
    const endNs = instantNsOf(get('startTimeMax', 'start_time_max'));
    if (startNs === undefined || endNs === undefined) {
      v3Error(
        response,
        400,
        'query.startTimeMin and query.startTimeMax are required',
      );
      return;
    }
    if (isNew && startNs >= endNs) {
      v3Error(
        response,
        400,
        'query.startTimeMin must be before query.startTimeMax',
      );
      return;
    }
    const depth = isNew
      ? query.get('query.searchDepth') ?? query.get('query.num_traces') ?? '100'
      : query.get('query.num_traces') ?? '0';
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
    const search = {
      service: get('serviceName', 'service_name') || undefined,
      operation: get('operationName', 'operation_name') || undefined,
      startNs,
      endNs,
      minDurationNs: nanosecondsOf(get('durationMin', 'duration_min')),
      maxDurationNs: nanosecondsOf(get('durationMax', 'duration_max')),
      limit: wholeNumberOf(depth) ?? Number.NaN,
      attributes,
    };
    const refusal = refusalOf(search, this.traces);
    if (refusal) {
      v3Error(response, refusal.status, refusal.message);
      return;
    }
    const found = this.traces.search(search);
    if (summaries) {
      sendJson(response, {
        summaries: summariesOrder(found, this.traces).map(summaryJson),
      });
    } else if (found.length === 0) {
      v3Error(response, 404, 'No traces found');
    } else {
      sendJson(
        response,
        { result: otlpJson(found) },
        200,
        isNew ? 'application/json' : 'text/plain',
      );
    }
  }
}

/** OpenSearch picks by matching spans, and lists by the latest of all. */
function summariesOrder(found: Trace[], { storage }: FakeTraces): Trace[] {
  const latestUs = ({ startTimeUs, spans }: Trace) =>
    startTimeUs + Math.max(...spans.map(({ offsetUs }) => offsetUs));
  return storage === 'opensearch'
    ? [...found].sort((a, b) => latestUs(b) - latestUs(a))
    : found;
}
