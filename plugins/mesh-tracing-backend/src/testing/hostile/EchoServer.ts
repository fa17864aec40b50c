import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const STATUSES = [500, 401, 403, 400, 404, 429, 502, 200];

/** Answers everything with all that it was sent, as bad gateways do. */
export class EchoServer {
  readonly url: string;
  /** Everything that was sent, one after the other. */
  received = '';
  readonly #server: Server;

  static async start(): Promise<EchoServer> {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new EchoServer(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    let answered = 0;
    server.on('request', (request, response) => {
      const { method, url, headers } = request;
      const sent = JSON.stringify({ method, url, ...headers });
      this.received += sent;
      response.writeHead(STATUSES[answered++ % STATUSES.length] ?? 500, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify({ message: sent, error: sent, errors: [] }));
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
