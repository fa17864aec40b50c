import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that the server got. */
export interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: http.IncomingHttpHeaders;
  body: unknown;
}

type Handler = (
  request: SeenRequest,
  response: http.ServerResponse,
) => void | Promise<void>;

interface FakeObject {
  metadata: {
    name: string;
    namespace?: string;
    resourceVersion?: string;
    [other: string]: unknown;
  };
  [other: string]: unknown;
}

/**
 * An API server for tests, over real HTTP on a free port: collections with
 * paging, watches and resource versions, and any misbehaviour a test sets up.
 */
export class FakeApiServer {
  readonly requests: SeenRequest[] = [];
  readonly #server = http.createServer((request, response) => {
    this.#serve(request, response).catch(() => response.destroy());
  });
  readonly #collections = new Map<string, Map<string, FakeObject>>();
  readonly #watches = new Map<string, Set<http.ServerResponse>>();
  readonly #handlers: Array<{ matches: RegExp; handler: Handler }> = [];
  #version = 100;

  static async start(): Promise<FakeApiServer> {
    const server = new FakeApiServer();
    await server.listen(0);
    return server;
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Cuts all connections and stops listening. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Serves a collection; other paths answer 404. */
  serve(path: string, objects: FakeObject[] = []): void {
    const collection = new Map<string, FakeObject>();
    for (const object of objects) {
      collection.set(keyOf(object), this.#versioned(object));
    }
    this.#collections.set(path, collection);
  }

  /** Answers requests to `METHOD path` itself; the latest that matches wins. */
  answer(matches: RegExp, handler: Handler): () => void {
    const entry = { matches, handler };
    this.#handlers.unshift(entry);
    return () => {
      this.#handlers.splice(this.#handlers.indexOf(entry), 1);
    };
  }

  /** Stores an object and tells the watches. */
  put(path: string, object: FakeObject): void {
    const collection = this.#collections.get(path);
    const type = collection?.has(keyOf(object)) ? 'MODIFIED' : 'ADDED';
    const stored = this.#versioned(object);
    collection?.set(keyOf(object), stored);
    this.emit(path, { type, object: stored });
  }

  remove(path: string, object: FakeObject): void {
    this.#collections.get(path)?.delete(keyOf(object));
    this.emit(path, { type: 'DELETED', object: this.#versioned(object) });
  }

  /** Sends an event to the watches of a collection, whatever it is. */
  emit(path: string, event: unknown): void {
    for (const watch of this.#watches.get(path) ?? []) {
      watch.write(`${JSON.stringify(event)}\n`);
    }
  }

  bookmark(path: string): string {
    this.#version += 1;
    const resourceVersion = String(this.#version);
    this.emit(path, {
      type: 'BOOKMARK',
      object: { metadata: { resourceVersion } },
    });
    return resourceVersion;
  }

  /** Ends the watches of a collection, or cuts their connections. */
  endWatches(path: string, how: 'end' | 'cut'): void {
    for (const watch of this.#watches.get(path) ?? []) {
      if (how === 'end') {
        watch.end();
      } else {
        watch.destroy();
      }
    }
  }

  watchCount(path: string): number {
    return this.#watches.get(path)?.size ?? 0;
  }

  seen(method: string, path: string): SeenRequest[] {
    return this.requests.filter(
      request => request.method === method && request.path === path,
    );
  }

  watches(path: string): SeenRequest[] {
    return this.seen('GET', path).filter(({ query }) => query.has('watch'));
  }

  lists(path: string): SeenRequest[] {
    return this.seen('GET', path).filter(({ query }) => !query.has('watch'));
  }

  async #serve(
    incoming: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      chunks.push(chunk as Buffer);
    }
    const url = new URL(incoming.url ?? '/', this.url);
    const text = Buffer.concat(chunks).toString('utf8');
    const request: SeenRequest = {
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body: text ? JSON.parse(text) : undefined,
    };
    this.requests.push(request);
    const line = `${request.method} ${url.pathname}${url.search}`;
    const special = this.#handlers.find(({ matches }) => matches.test(line));
    if (special) {
      await special.handler(request, response);
      return;
    }
    const collection = this.#collections.get(url.pathname);
    if (!collection || request.method !== 'GET') {
      sendStatus(response, 404, 'NotFound', 'the server could not find it');
    } else if (url.searchParams.has('watch')) {
      this.openWatch(url.pathname, response);
    } else {
      this.#list(collection, request, response);
    }
  }

  /** What a watch request gets: a head, then events as they come. */
  openWatch(path: string, response: http.ServerResponse): void {
    const watches = this.#watches.get(path) ?? new Set();
    this.#watches.set(path, watches);
    watches.add(response);
    response.on('close', () => watches.delete(response));
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
  }

  #list(
    collection: Map<string, FakeObject>,
    { query }: SeenRequest,
    response: http.ServerResponse,
  ): void {
    const items = [...collection.values()];
    const from = Number(query.get('continue') ?? 0);
    const to = from + Number(query.get('limit') ?? items.length);
    sendJson(response, 200, {
      metadata: {
        resourceVersion: String(this.#version),
        ...(to < items.length ? { continue: String(to) } : {}),
      },
      items: items.slice(from, to),
    });
  }

  #versioned(object: FakeObject): FakeObject {
    this.#version += 1;
    return {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.#version) },
    };
  }
}

function keyOf({ metadata }: FakeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

export function sendJson(
  response: http.ServerResponse,
  statusCode: number,
  body: unknown,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(statusCode, {
    'Content-Type': 'application/json',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

/** An error as the API server sends it. */
export function sendStatus(
  response: http.ServerResponse,
  code: number,
  reason: string,
  message: string,
  details?: unknown,
  headers?: http.OutgoingHttpHeaders,
): void {
  sendJson(
    response,
    code,
    { kind: 'Status', status: 'Failure', code, reason, message, details },
    headers,
  );
}
