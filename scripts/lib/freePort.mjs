import { createServer } from 'node:net';

function tryPort(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address.port));
    });
  });
}

/** The preferred port if it is free on loopback, else any free one. */
export async function freePort(preferred) {
  return (await tryPort(preferred)) ?? (await tryPort(0));
}
