import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerObject, NOT_FOUND } from './answerObject';
import { answer, list, readJson, watch } from './httpAnswers';
import type { ScaleSize } from './ScaleSize';
import { SimulatedCluster } from './SimulatedCluster';

/** What the API servers were asked, by verb: `list pods`, `watch pods`, `put telemetries`. */
export type RequestCounts = Record<string, number>;

/** A change that the simulation makes by itself. */
export interface Touch {
  cluster: number;
  /** A pod changes what is kept of it, or one of the Telemetries its sampling. */
  what: 'pod' | 'telemetry';
  index: number;
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
    // A connection that ends while it is reused fails a request.
    this.#server.keepAliveTimeout = 0;
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
    this.#count(verbOf(method, isWatch, target.name), target.plural);
    const asMetadata = (request.headers.accept ?? '').includes('PartialObject');
    if (!cluster?.collection(target.plural)) {
      answer(response, 404, NOT_FOUND);
    } else if (isWatch) {
      watch(cluster, target.plural, { response, asMetadata }, url.searchParams);
    } else if (method === 'get' && !target.name) {
      list(cluster, target.plural, { response, asMetadata }, url.searchParams);
    } else {
      answerObject(cluster, { ...target, method, body, url }, response);
    }
  }

  #count(verb: string, plural: string): void {
    const key = `${verb} ${plural}`;
    this.#counts[key] = (this.#counts[key] ?? 0) + 1;
  }

  #touch({ cluster, what, index }: Touch): void {
    if (what === 'pod') {
      this.#clusters[cluster]?.touchPod(index);
    } else {
      this.#clusters[cluster]?.touchTelemetry(index);
    }
  }
}

function verbOf(
  method: string,
  isWatch: boolean,
  name: string | undefined,
): string {
  if (isWatch) {
    return 'watch';
  }
  return method === 'get' && !name ? 'list' : method;
}

if (require.main === module) {
  const size = JSON.parse(process.argv[2] ?? '{}') as ScaleSize;
  void new ApiServer(size).start().then(url => process.send?.(url));
  // Ends with whom it serves.
  process.on('disconnect', () => process.exit());
}
