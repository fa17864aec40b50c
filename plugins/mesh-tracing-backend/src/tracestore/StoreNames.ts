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

  async services(): Promise<string[]> {
    return this.#cached('/services', async () =>
      this.#connection.run(async ({ detail }) => {
        const path = detail === 'v3' ? '/api/v3/services' : '/api/services';
        return readServices(await this.#connection.getJson(path));
      }),
    );
  }

  async operations(service: string): Promise<string[]> {
    const name = encodeURIComponent(service);
    return this.#cached(`/operations/${name}`, async () =>
      this.#connection.run(async ({ detail }) => {
        const path =
          detail === 'v3'
            ? `/api/v3/operations?service=${name}`
            : `/api/services/${name}/operations`;
        return readOperations(await this.#connection.getJson(path));
      }),
    );
  }

  async #cached(
    key: string,
    fetchNames: () => Promise<string[]>,
  ): Promise<string[]> {
    const cached = this.#names.get(key);
    if (cached) {
      return cached;
    }
    return this.#coalescer.run(key, async () => {
      const names = await fetchNames();
      this.#names.set(key, names);
      return names;
    });
  }
}
