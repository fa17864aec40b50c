import type http from 'node:http';
import type { Collection } from './meshObjects';
import type { SimulatedCluster, Watcher } from './SimulatedCluster';

/** A page of a collection. */
export function list(
  cluster: SimulatedCluster,
  plural: string,
  { response, asMetadata }: Watcher,
  query: URLSearchParams,
): void {
  const collection = cluster.collection(plural) as Collection;
  const from = Number(query.get('continue') ?? 0);
  const limit = Number(query.get('limit') ?? collection.count);
  const to = Math.min(collection.count, from + limit);
  const items = Array.from({ length: to - from }, (_, i) => {
    const object = collection.at(from + i);
    return asMetadata ? { metadata: object.metadata } : object;
  });
  answer(response, 200, {
    kind: 'List',
    metadata: {
      resourceVersion: `${cluster.version}`,
      ...(to < collection.count ? { continue: `${to}` } : {}),
    },
    items,
  });
}

/** Follows a collection from now on. */
export function watch(
  cluster: SimulatedCluster,
  plural: string,
  watcher: Watcher,
  query: URLSearchParams,
): void {
  const { response } = watcher;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  cluster.watch(plural, watcher);
  const seconds = Number(query.get('timeoutSeconds') ?? 300);
  const timer = setTimeout(() => response.end(), seconds * 1_000);
  response.on('close', () => clearTimeout(timer));
}

/** Sends JSON. */
export function answer(
  response: http.ServerResponse,
  status: number,
  body: unknown,
): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** The body of a request; undefined for an empty one. */
export async function readJson(
  request: http.IncomingMessage,
): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
