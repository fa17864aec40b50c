import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  collectionsOf,
  telemetryOf,
  type Collection,
  type KubernetesObject,
} from './meshObjects';
import type { ScaleSize } from './ScaleSize';

/** What the API servers were asked, by verb: `list pods`, `watch pods`, `put telemetries`. */
export type RequestCounts = Record<string, number>;

/** A change that the simulation makes by itself. */
export interface Touch {
  cluster: number;
  /** A pod changes what is kept of it, or one of the Telemetries its sampling. */
  what: 'pod' | 'telemetry';
  index: number;
}

interface Watcher {
  response: http.ServerResponse;
  asMetadata: boolean;
}

const BOOKMARK_MS = 30_000;
const NOT_FOUND = { kind: 'Status', code: 404, reason: 'NotFound' };
const CONFLICT = { kind: 'Status', code: 409, reason: 'Conflict' };

/** One cluster: its collections, those of Telemetries kept, all others made anew. */
class SimulatedCluster {
  readonly telemetries = new Map<string, KubernetesObject>();
  readonly #collections: Record<string, Collection>;
  readonly #watchers = new Map<string, Set<Watcher>>();
  #version = 1_000;

  constructor(readonly size: ScaleSize, readonly number: number) {
    this.#collections = collectionsOf(size, number);
    for (let i = 0; i < size.telemetries; i++) {
      if ((i % size.namespaces) % size.clusters === number) {
        this.put(telemetryOf(size, i, 5), 'ADDED');
      }
    }
  }

  get version(): number {
    return this.#version;
  }

  collection(plural: string): Collection | undefined {
    if (plural !== 'telemetries') {
      return this.#collections[plural];
    }
    const all = [...this.telemetries.values()];
    return { count: all.length, at: i => all[i] as KubernetesObject };
  }

  watch(plural: string, watcher: Watcher): void {
    const watchers = this.#watchers.get(plural) ?? new Set();
    this.#watchers.set(plural, watchers.add(watcher));
    const timer = setInterval(() => {
      this.#send(watcher, 'BOOKMARK', {
        metadata: { name: '', uid: '', resourceVersion: `${this.#version}` },
      });
    }, BOOKMARK_MS);
    watcher.response.on('close', () => {
      clearInterval(timer);
      watchers.delete(watcher);
    });
  }

  put(object: KubernetesObject, type: 'ADDED' | 'MODIFIED'): KubernetesObject {
    const stored = this.#withVersion(object);
    this.telemetries.set(keyOf(stored.metadata), stored);
    this.#tell('telemetries', type, stored);
    return stored;
  }

  remove(key: string): void {
    const object = this.telemetries.get(key);
    if (object) {
      this.telemetries.delete(key);
      this.#tell('telemetries', 'DELETED', this.#withVersion(object));
    }
  }

  touchPod(index: number): void {
    const pod = this.#collections.pods?.at(index);
    if (pod) {
      const labels = { ...pod.metadata.labels, touched: randomUUID() };
      const touched = { ...pod, metadata: { ...pod.metadata, labels } };
      this.#tell('pods', 'MODIFIED', this.#withVersion(touched));
    }
  }

  touchTelemetry(index: number): void {
    const object = [...this.telemetries.values()][index];
    if (object) {
      const tracing = [{ randomSamplingPercentage: (this.#version % 99) + 1 }];
      const spec = { ...(object.spec as object), tracing };
      this.put({ ...object, spec }, 'MODIFIED');
    }
  }

  #withVersion(object: KubernetesObject): KubernetesObject {
    this.#version += 1;
    const resourceVersion = `${this.#version}`;
    return { ...object, metadata: { ...object.metadata, resourceVersion } };
  }

  #tell(plural: string, type: string, object: KubernetesObject): void {
    for (const watcher of this.#watchers.get(plural) ?? []) {
      this.#send(watcher, type, object);
    }
  }

  #send(watcher: Watcher, type: string, object: KubernetesObject): void {
    const sent = watcher.asMetadata ? { metadata: object.metadata } : object;
    watcher.response.write(`${JSON.stringify({ type, object: sent })}\n`);
  }
}

function keyOf({ namespace, name }: KubernetesObject['metadata']): string {
  return `${namespace}/${name}`;
}

/** Where a request goes: `/cluster-0/api/v1/…/pods[/name]`. */
function targetOf(path: string) {
  const [, cluster = '', ...rest] = path.split('/');
  const at = rest.indexOf('namespaces');
  const isNamespaced = at >= 0 && rest.length > at + 2;
  const parts = isNamespaced ? rest.slice(at + 1) : rest.slice(-1);
  const [namespace, plural, name] = isNamespaced
    ? parts
    : [undefined, parts[0], undefined];
  return {
    cluster: Number(cluster.split('-')[1]),
    namespace,
    plural: plural ?? '',
    name,
  };
}

/** The API servers of a mesh, over HTTP: lists in chunks, watches with bookmarks, writes. */
export class ApiServer {
  readonly #clusters: SimulatedCluster[];
  readonly #server: http.Server;
  #counts: RequestCounts = {};

  constructor(readonly size: ScaleSize) {
    this.#clusters = Array.from(
      { length: size.clusters },
      (_, i) => new SimulatedCluster(size, i),
    );
    this.#server = http.createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async #serve(
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const body = await readJson(request);
    if (url.pathname === '/counts') {
      answer(response, 200, this.#counts);
      this.#counts = {};
      return;
    }
    if (url.pathname === '/touch') {
      this.#touch(body as Touch);
      answer(response, 200, {});
      return;
    }
    const target = targetOf(url.pathname);
    const cluster = this.#clusters[target.cluster];
    const isWatch = url.searchParams.has('watch');
    const method = (request.method ?? 'GET').toLowerCase();
    const verb = method !== 'get' ? method : isWatch ? 'watch' : 'get';
    const counted = target.name || verb !== 'get' ? verb : 'list';
    const key = `${counted} ${target.plural}`;
    this.#counts[key] = (this.#counts[key] ?? 0) + 1;
    const asMetadata = (request.headers.accept ?? '').includes('PartialObject');
    if (!cluster?.collection(target.plural)) {
      answer(response, 404, NOT_FOUND);
    } else if (isWatch) {
      watch(cluster, target.plural, { response, asMetadata }, url.searchParams);
    } else if (method === 'get' && !target.name) {
      list(cluster, target.plural, { response, asMetadata }, url.searchParams);
    } else {
      this.#object(cluster, { ...target, method, body, url }, response);
    }
  }

  /** One Telemetry: read, created, replaced or deleted. */
  #object(
    cluster: SimulatedCluster,
    asked: {
      namespace: string | undefined;
      name: string | undefined;
      method: string;
      body: unknown;
      url: URL;
    },
    response: http.ServerResponse,
  ): void {
    const object = asked.body as KubernetesObject | undefined;
    const name = asked.name ?? object?.metadata?.name;
    const key = `${asked.namespace}/${name}`;
    const known = cluster.telemetries.get(key);
    const dryRun = asked.url.searchParams.has('dryRun');
    if (asked.method === 'post' && object) {
      const uid = randomUUID();
      const created = {
        ...object,
        metadata: {
          ...object.metadata,
          namespace: asked.namespace,
          uid,
          creationTimestamp: new Date().toISOString(),
        },
      };
      if (known) {
        answer(response, 409, { ...CONFLICT, reason: 'AlreadyExists' });
      } else {
        answer(
          response,
          201,
          dryRun
            ? {
                ...created,
                metadata: { ...created.metadata, resourceVersion: '1' },
              }
            : cluster.put(created, 'ADDED'),
        );
      }
      return;
    }
    if (!known) {
      answer(response, 404, NOT_FOUND);
      return;
    }
    if (asked.method === 'get') {
      answer(response, 200, known);
      return;
    }
    const preconditions = (
      asked.body as {
        preconditions?: { uid?: string; resourceVersion?: string };
      }
    )?.preconditions;
    const expected =
      preconditions?.resourceVersion ?? object?.metadata?.resourceVersion;
    if (expected && expected !== known.metadata.resourceVersion) {
      answer(response, 409, CONFLICT);
    } else if (asked.method === 'put' && object) {
      const { uid } = known.metadata;
      const replaced = { ...object, metadata: { ...object.metadata, uid } };
      answer(
        response,
        200,
        dryRun ? replaced : cluster.put(replaced, 'MODIFIED'),
      );
    } else {
      if (!dryRun) {
        cluster.remove(key);
      }
      answer(response, 200, { kind: 'Status', status: 'Success' });
    }
  }

  #touch({ cluster, what, index }: Touch): void {
    if (what === 'pod') {
      this.#clusters[cluster]?.touchPod(index);
    } else {
      this.#clusters[cluster]?.touchTelemetry(index);
    }
  }
}

function list(
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

function watch(
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

function answer(
  response: http.ServerResponse,
  status: number,
  body: unknown,
): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function readJson(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

if (require.main === module) {
  const size = JSON.parse(process.argv[2] ?? '{}') as ScaleSize;
  void new ApiServer(size).start().then(url => process.send?.(url));
  // Ends with whom it serves.
  process.on('disconnect', () => process.exit());
}
