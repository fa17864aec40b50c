import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpGet } from '../../process/httpGet';

/** Stands before a Prometheus and lets in who has the token and names the tenant. */
export class GuardedPrometheus {
  readonly url: string;
  readonly #server: Server;

  static async start(
    prometheusUrl: string,
    wants: { token: string; tenant: string },
  ): Promise<GuardedPrometheus> {
    const isAllowed = ({ headers }: IncomingMessage) =>
      headers.authorization === `Bearer ${wants.token}` &&
      headers['x-scope-orgid'] === wants.tenant;
    const server = createServer(async (request, response) => {
      if (!isAllowed(request)) {
        response.writeHead(401).end('who are you?');
        return;
      }
      const { status, contentType, body } = await httpGet(
        `${prometheusUrl}${request.url}`,
      );
      response.writeHead(status, { 'content-type': contentType }).end(body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new GuardedPrometheus(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise(closed => this.#server.close(closed));
  }
}
