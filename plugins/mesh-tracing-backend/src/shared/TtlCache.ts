import { LRUCache } from 'lru-cache';
import { SharedWork } from './SharedWork';

/**
 * Remembers the answers of slow questions for a short time. Callers who ask while an
 * answer is under way share it. A failure is not remembered, and neither is an answer
 * that all callers stopped waiting for.
 */
export class TtlCache<T> {
  readonly #entries: LRUCache<string, SharedWork<T>>;

  static create<T>(options: { ttlMs: number; max: number }): TtlCache<T> {
    return new TtlCache<T>(options);
  }

  private constructor(options: { ttlMs: number; max: number }) {
    this.#entries = new LRUCache({ max: options.max, ttl: options.ttlMs });
  }

  /**
   * @param load - gets a signal that is aborted when nobody waits any more
   * @param signal - aborted when this caller stops waiting
   */
  get(
    key: string,
    load: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const known = this.#entries.get(key);
    if (known) {
      return known.join(signal);
    }
    const entry: SharedWork<T> = SharedWork.start(load, () => {
      if (this.#entries.peek(key) === entry) {
        this.#entries.delete(key);
      }
    });
    this.#entries.set(key, entry);
    return entry.join(signal);
  }
}
