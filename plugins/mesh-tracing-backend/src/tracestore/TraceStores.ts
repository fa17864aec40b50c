import { NotFoundError } from '@backstage/errors';
import type { TraceStore } from 'backstage-plugin-mesh-tracing-node';

/** All trace stores, configured ones and those that modules added. */
export class TraceStores {
  readonly #stores: ReadonlyMap<string, TraceStore>;

  static create(stores: TraceStore[]): TraceStores {
    const byName = new Map<string, TraceStore>();
    for (const store of stores) {
      if (byName.has(store.name)) {
        throw new Error(
          `Two trace stores are named '${store.name}'; rename one in meshTracing.traceStores`,
        );
      }
      byName.set(store.name, store);
    }
    return new TraceStores(byName);
  }

  private constructor(stores: ReadonlyMap<string, TraceStore>) {
    this.#stores = stores;
  }

  list(): TraceStore[] {
    return [...this.#stores.values()];
  }

  /** @throws NotFoundError for a name that no store has. */
  get(name: string): TraceStore {
    const store = this.#stores.get(name);
    if (!store) {
      throw new NotFoundError(`No trace store is named '${name}'`);
    }
    return store;
  }
}
