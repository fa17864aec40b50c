import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => void | Promise<void>;

/** A server on a free loopback port that answers as a test wants. */
export class MisbehavingServer {
  readonly requests: Array<{
    path: string;
    url: URL;
    headers: IncomingMessage['headers'];
  }> = [];

  static async start(handler: Handler): Promise<MisbehavingServer> {
    const started = new MisbehavingServer(handler);
    started.#server.listen(0, '127.0.0.1');
    await once(started.#server, 'listening');
    return started;
  }

  #handler: Handler;
  readonly #server: Server;

  private constructor(handler: Handler) {
    this.#handler = handler;
    const listener: RequestListener = (request, response) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      this.requests.push({ path: url.pathname, url, headers: request.headers });
      Promise.resolve(this.#handler(request, response, url)).catch(error => {
        response.destroy(error);
      });
    };
    this.#server = createServer(listener);
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** From now on, requests are answered by this handler. */
  behave(handler: Handler): void {
    this.#handler = handler;
  }

  /** Paths that were asked for, without queries. */
  paths(): string[] {
    return this.requests.map(request => request.path);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Sends JSON, by default as Jaeger sends it. */
export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  contentType = 'application/json',
): void {
  response.writeHead(status, { 'content-type': contentType });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Sends text as Go's `http.Error` does. */
export function sendText(
  response: ServerResponse,
  text: string,
  status: number,
): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  response.end(`${text}\n`);
}

/** What old Jaegers answer to paths that they do not know. */
export function sendPage(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<!doctype html><html><body>Jaeger UI</body></html>');
}
