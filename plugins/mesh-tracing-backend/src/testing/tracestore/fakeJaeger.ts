import type { ServerResponse } from 'node:http';
import type { Trace } from 'backstage-plugin-mesh-tracing-common';
import { FakeJaegerLegacy } from './FakeJaegerLegacy';
import { FakeJaegerV3 } from './FakeJaegerV3';
import { FakeTraces } from './FakeTraces';
import type { FakeStorage } from './pickTraces';
import { sendPage, sendText, type Handler } from './MisbehavingServer';

/**
 * `2.19`: summaries, v3 with attributes, legacy; `2.21`: the same without legacy
 * search; `2.13`: legacy, v3 without attributes; `1.0` and `look-alike`: legacy
 * only.
 */
export type FakeJaegerVersion = '1.0' | '2.13' | '2.19' | '2.21' | 'look-alike';

/** Which Jaeger is imitated. */
export interface FakeJaegerOptions {
  /** In the order in which they arrived. */
  traces: Trace[];
  /** Elasticsearch's when absent. */
  storage?: FakeStorage;
  /** The most that it returns at once; it refuses to be asked for more. */
  maxTraces?: number;
  version: FakeJaegerVersion;
  basePath?: string;
}

class FakeJaeger {
  readonly #v3: FakeJaegerV3;
  readonly #legacy: FakeJaegerLegacy;

  constructor(readonly options: FakeJaegerOptions) {
    const { version, storage, maxTraces } = options;
    const traces = new FakeTraces(options.traces, {
      storage,
      maxTraces,
      knowsStatusTags: !(version === '2.13' && storage === 'memory'),
    });
    this.#v3 = new FakeJaegerV3(options.version, traces);
    this.#legacy = new FakeJaegerLegacy(options.version, traces);
  }

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
        ? this.#v3.handle(path, url.searchParams, response)
        : this.#legacy.handle(path, url.searchParams, response));
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
}

/** A strict stand-in for Jaeger's query service, quirks included. */
export function fakeJaeger(options: FakeJaegerOptions): Handler {
  return new FakeJaeger(options).handle;
}
