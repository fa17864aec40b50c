import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { BookinfoService } from './BookinfoSettings';
import { behaviourSchema, HeaderForwarding } from './HeaderForwarding';

/** Below it checks tell the sample application how to behave. No Envoy leads here. */
export const BEHAVIOUR_PATH = '/lab/behaviour';
/** Below it a service leaves its address to another program, or takes it back. */
export const LISTENING_PATH = '/lab/listening';

const listeningSchema = z.object({
  service: z.string(),
  isListening: z.boolean(),
});

/** What checks may change of the sample application while it runs. */
export class BehaviourRoom {
  readonly #forwarding = HeaderForwarding.create();
  readonly #servers = new Map<
    string,
    { server: Server; service: BookinfoService }
  >();

  static create(): BehaviourRoom {
    return new BehaviourRoom();
  }

  private constructor() {}

  /** Lets a service take requests. */
  listen(service: BookinfoService, server: Server): void {
    const { app, version, port, host } = service;
    this.#servers.set(`${app}-${version}`, { server, service });
    server.listen(port, host);
  }

  headersOf(service: BookinfoService, incoming: IncomingHttpHeaders) {
    return this.#forwarding.headersOf(service, incoming);
  }

  /** True when the request was for the room, and is answered. */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> {
    const { pathname, searchParams } = new URL(
      request.url ?? '/',
      'http://lab',
    );
    if (pathname !== BEHAVIOUR_PATH && pathname !== LISTENING_PATH) {
      return false;
    }
    try {
      const body = request.method === 'PUT' ? await text(request) : undefined;
      if (pathname === LISTENING_PATH) {
        await this.#setListening(listeningSchema.parse(JSON.parse(body ?? '')));
      } else if (body !== undefined) {
        this.#forwarding.set(behaviourSchema.parse(JSON.parse(body)));
      }
      const service = searchParams.get('service') ?? '';
      response.end(JSON.stringify(this.#forwarding.counts(service)));
    } catch (error) {
      response.statusCode = 400;
      response.end(String(error));
    }
    return true;
  }

  async #setListening(wish: z.infer<typeof listeningSchema>): Promise<void> {
    const found = this.#servers.get(wish.service);
    if (!found) {
      throw new Error(`There is no service ${wish.service}.`);
    }
    const { server, service } = found;
    if (wish.isListening === server.listening) {
      return;
    }
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      if (wish.isListening) {
        server.listen(service.port, service.host, resolve);
      } else {
        server.close(() => resolve());
        server.closeAllConnections();
      }
    });
  }
}
