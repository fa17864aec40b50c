import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import { LRUCache } from 'lru-cache';
import { Coalescer } from './Coalescer';
import { readOperations, readServices } from './readAnswers';
import type { StoreConnection } from './StoreConnection';

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
    return this.#cached('/services', options, async shared =>
      this.#connection.run(async ({ detail }) => {
        const path = detail === 'v3' ? '/api/v3/services' : '/api/services';
        return readServices(await this.#connection.getJson(path, shared));
      }),
    );
  }

  async operations(
    service: string,
    options?: TraceReadOptions,
  ): Promise<string[]> {
    const name = encodeURIComponent(service);
    return this.#cached(`/operations/${name}`, options, async shared =>
      this.#connection.run(async ({ detail }) => {
        const path =
          detail === 'v3'
            ? `/api/v3/operations?service=${name}`
            : `/api/services/${name}/operations`;
        return readOperations(await this.#connection.getJson(path, shared));
      }),
    );
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
