/**
 * What is kept of a collection, so that the objects of one namespace can be read
 * without a look at the others.
 */
export class ItemsByNamespace<T> {
  readonly #namespaces = new Map<string, Map<string, T>>();

  /** @param items - by `namespace/name`, as `objectKey` writes it */
  static of<T>(items: ReadonlyMap<string, T>): ItemsByNamespace<T> {
    const all = new ItemsByNamespace<T>();
    items.forEach((item, key) => all.set(key, item));
    return all;
  }

  get(key: string): T | undefined {
    return this.#namespaces.get(namespaceOfKey(key))?.get(key);
  }

  set(key: string, item: T): void {
    const namespace = namespaceOfKey(key);
    const items = this.#namespaces.get(namespace) ?? new Map<string, T>();
    this.#namespaces.set(namespace, items.set(key, item));
  }

  /** @returns false if there is no such object */
  delete(key: string): boolean {
    const namespace = namespaceOfKey(key);
    const items = this.#namespaces.get(namespace);
    const isDeleted = items?.delete(key) ?? false;
    if (items?.size === 0) {
      this.#namespaces.delete(namespace);
    }
    return isDeleted;
  }

  get isEmpty(): boolean {
    return this.#namespaces.size === 0;
  }

  namespaces(): Iterable<string> {
    return this.#namespaces.keys();
  }

  in(namespace: string): Iterable<T> {
    return this.#namespaces.get(namespace)?.values() ?? [];
  }

  *all(): Iterable<T> {
    for (const items of this.#namespaces.values()) {
      yield* items.values();
    }
  }
}

/** Empty for what is in no namespace. */
export function namespaceOfKey(key: string): string {
  return key.slice(0, key.indexOf('/'));
}
