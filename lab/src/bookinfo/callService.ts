import { Agent, request, type OutgoingHttpHeaders } from 'node:http';
import type { BookinfoService } from './BookinfoSettings';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Status and body of a called service. */
export interface ServiceAnswer {
  status: number;
  body: string;
}

/**
 * Calls another service through the caller's own Envoy.
 *
 * @param headers - that go out with the call
 */
export function callService(
  caller: BookinfoService,
  target: string,
  path: string,
  headers: OutgoingHttpHeaders,
): Promise<ServiceAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: caller.egressHost,
        port: caller.egressPort,
        path,
        agent,
        timeout: 5000,
        headers: {
          ...headers,
          host: `${target}:${caller.egressPort}`,
        },
      },
      response => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', part => {
          body += part;
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body }),
        );
      },
    );
    outgoing.on('timeout', () =>
      outgoing.destroy(new Error(`${target} did not answer in 5 s`)),
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // Envoy closes idle connections when it drains a listener; a request
      // that met the closing was not processed and may be sent again.
      if (outgoing.reusedSocket && error.code === 'ECONNRESET') {
        callService(caller, target, path, headers).then(resolve, reject);
      } else {
        reject(error);
      }
    });
    outgoing.end();
  });
}
