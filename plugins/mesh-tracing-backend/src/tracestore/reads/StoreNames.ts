import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import { LRUCache } from 'lru-cache';
import { Coalescer } from '../connection/Coalescer';
import { readOperations, readServices } from '../dialects/readAnswers';
import { problemIn } from '../problems/StoreError';
import type { StoreConnection } from '../connection/StoreConnection';

const NAMES_TTL_MS = 30_000;

/** Names that a store knows, remembered for a short while. */
export class StoreNames {
  readonly #connection: StoreConnection;
  readonly #coalescer = new Coalescer();
  readonly #names = new LRUCache<string, string[]>({
    max: 500,
    ttl: NAMES_TTL_MS,
  });

  static create(connection: StoreConnection): StoreNames {
    return new StoreNames(connection);
  }

  private constructor(connection: StoreConnection) {
    this.#connection = connection;
  }

  async services(options?: TraceReadOptions): Promise<string[]> {
    return this.#cached('/services', options, shared =>
      this.#askServices(shared),
    );
  }

  /** As {@link services}, asked for anew. */
  async servicesNow(options?: TraceReadOptions): Promise<string[]> {
    const names = await this.#askServices(options ?? {});
    this.#names.set('/services', names);
    return names;
  }

  async #askServices(options: TraceReadOptions): Promise<string[]> {
    return this.#connection.run(async ({ detail }) => {
      const path = detail === 'v3' ? '/api/v3/services' : '/api/services';
      return this.#namesFrom(path, readServices, options);
    });
  }

  async operations(
    service: string,
    options?: TraceReadOptions,
  ): Promise<string[]> {
    return this.#cached(`/operations/${service}`, options, async shared =>
      this.#connection.run(async ({ detail }) =>
        this.#firstAnswer(operationPaths(detail, service), shared),
      ),
    );
  }

  /** Names from the first path that the store, or what stands before it, knows. */
  async #firstAnswer(
    paths: [string, ...string[]],
    options: TraceReadOptions,
  ): Promise<string[]> {
    const [path, ...others] = paths;
    const [next, ...rest] = others;
    try {
      return await this.#namesFrom(path, readOperations, options);
    } catch (error) {
      if (next === undefined || !problemIn(error, 'unexpected-answer')) {
        throw error;
      }
      return this.#firstAnswer([next, ...rest], options);
    }
  }

  /**
   * The store answers a request for names with a list that may be empty: "not
   * found", whoever says so, means that there is no such API.
   */
  async #namesFrom(
    path: string,
    read: (json: unknown) => string[],
    options: TraceReadOptions,
  ): Promise<string[]> {
    return read(await this.#connection.getList(path, options));
  }

  async #cached(
    key: string,
    options: TraceReadOptions | undefined,
    fetchNames: (shared: TraceReadOptions) => Promise<string[]>,
  ): Promise<string[]> {
    const cached = this.#names.get(key);
    if (cached) {
      return cached;
    }
    return this.#coalescer.run(
      key,
      async signal => {
        const names = await fetchNames({ ...options, signal });
        this.#names.set(key, names);
        return names;
      },
      options?.signal,
    );
  }
}

/**
 * Where a store's operations are asked for. A name in the path gets lost where a
 * proxy decodes `%2F`, or where it is `../..`; in the query it does not, but not
 * every look-alike of Jaeger has that.
 */
function operationPaths(
  detail: 'v3' | 'legacy',
  service: string,
): [string, ...string[]] {
  const name = encodeURIComponent(service);
  if (detail === 'v3') {
    return [`/api/v3/operations?service=${name}`];
  }
  const inQuery = `/api/operations?service=${name}`;
  const inPath = `/api/services/${name}/operations`;
  if (/^\.{1,2}$/.test(service)) {
    return [inQuery];
  }
  return /[/\\%;]/.test(service) ? [inQuery, inPath] : [inPath, inQuery];
}
