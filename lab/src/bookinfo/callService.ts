import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import type { BookinfoService } from './BookinfoSettings';

/**
 * Headers that an application must pass on so that its spans join the caller's
 * trace and the caller's sampling decision holds.
 */
const FORWARDED = [
  'traceparent',
  'tracestate',
  'x-request-id',
  'b3',
  'x-b3-traceid',
  'x-b3-spanid',
  'x-b3-parentspanid',
  'x-b3-sampled',
  'x-b3-flags',
  'x-client-trace-id',
  'x-tenant',
  'user-agent',
];

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** The headers of an incoming request that go out with its own calls. */
export function forwardedHeaders(
  incoming: IncomingHttpHeaders,
): Record<string, string | string[]> {
  return Object.fromEntries(
    FORWARDED.flatMap(name => {
      const value = incoming[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Status and body of a called service. */
export interface ServiceAnswer {
  status: number;
  body: string;
}

/** Calls another service through the caller's own Envoy. */
export function callService(
  caller: BookinfoService,
  target: string,
  path: string,
  incoming: IncomingHttpHeaders,
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
          ...forwardedHeaders(incoming),
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
        callService(caller, target, path, incoming).then(resolve, reject);
      } else {
        reject(error);
      }
    });
    outgoing.end();
  });
}
