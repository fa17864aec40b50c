import type { ServerResponse } from 'node:http';
import type { FakeJaegerVersion } from './fakeJaeger';
import type { FakeTraces } from './FakeTraces';
import { attributesOf, nanosecondsOf, wholeNumberOf } from './jaegerFilters';
import { refusalOf } from './refusalOf';
import { sendJson, sendText } from './MisbehavingServer';
import { jaegerJson } from './traceJson';

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

/** The API of Jaeger's own pages. */
export class FakeJaegerLegacy {
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
    const id = /^\/api\/traces\/([^/]+)$/.exec(path)?.[1];
    if (id) {
      const found = this.traces.find(id);
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
    if (this.version === '2.21') {
      return false;
    }
    if (path === '/api/services') {
      const data = this.traces.services();
      sendJson(response, {
        data: data.length > 0 ? data : null,
        total: data.length,
      });
      return true;
    }
    const service = /^\/api\/services\/([^/]+)\/operations$/.exec(path)?.[1];
    if (service) {
      const names = this.traces.operations(decodeURIComponent(service));
      sendJson(response, {
        data: names.length > 0 ? names.map(o => o.name) : null,
      });
      return true;
    }
    if (path === '/api/traces') {
      this.#search(query, response);
      return true;
    }
    return false;
  }

  #search(query: URLSearchParams, response: ServerResponse): void {
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
    const [start, end, limit] = [
      query.get('start') ?? '',
      query.get('end') ?? '',
      query.get('limit') ?? '100',
    ].map(wholeNumberOf);
    const search = {
      service,
      operation: query.get('operation') ?? undefined,
      startNs: BigInt(start ?? 0) * 1_000n,
      endNs: BigInt(end ?? 0) * 1_000n,
      minDurationNs: nanosecondsOf(query.get('minDuration')),
      maxDurationNs: nanosecondsOf(query.get('maxDuration')),
      limit: limit ?? Number.NaN,
      attributes,
    };
    const refusal =
      start === undefined || end === undefined
        ? { status: 400, message: 'unable to parse param: invalid syntax' }
        : refusalOf(search, this.traces);
    if (refusal) {
      legacyError(response, refusal.status, refusal.message);
      return;
    }
    const found = this.traces.search(search);
    sendJson(response, { data: found.map(jaegerJson), errors: null });
  }
}
