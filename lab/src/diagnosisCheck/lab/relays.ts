import { once } from 'node:events';
import {
  createServer as createHttpServer,
  request,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Something that listens until it is closed. */
export interface Closable {
  close(): Promise<void>;
}

async function listen(
  server: Server,
  host: string,
  port: number,
): Promise<Closable> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** An address. */
export interface Address {
  host: string;
  port: number;
}

/**
 * Takes connections to one address to another: the way to an application that has no
 * proxy before it.
 */
export function relayConnections(
  from: Address,
  to: Address,
): Promise<Closable> {
  const server = createServer(socket => {
    const onward = connect(to.port, to.host);
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) {
      end.on('error', () => {
        socket.destroy();
        onward.destroy();
      });
    }
  });
  return listen(server, from.host, from.port);
}

/** Sends a request on as it is, and its answer back. */
export function passOn(
  incoming: IncomingMessage,
  response: ServerResponse,
  to: string,
): void {
  const outgoing = request(
    to,
    { method: incoming.method, headers: incoming.headers },
    answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  outgoing.on('error', () => response.writeHead(502).end());
  incoming.pipe(outgoing);
}

/** Answers HTTP at an address. */
export function serveHttp(
  at: Address,
  answer: (incoming: IncomingMessage, response: ServerResponse) => void,
): Promise<Closable> {
  return listen(createHttpServer(answer), at.host, at.port);
}
