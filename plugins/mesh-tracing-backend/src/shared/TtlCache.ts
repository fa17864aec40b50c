import { LRUCache } from 'lru-cache';

/**
 * Remembers the answers of slow questions for a short time. Those who ask while
 * the answer is under way share it; a failure is not remembered.
 */
export class TtlCache<T> {
  readonly #entries: LRUCache<string, Promise<T>>;

  static create<T>(options: { ttlMs: number; max: number }): TtlCache<T> {
    return new TtlCache<T>(options);
  }

  private constructor(options: { ttlMs: number; max: number }) {
    this.#entries = new LRUCache({ max: options.max, ttl: options.ttlMs });
  }

  get(key: string, load: () => Promise<T>): Promise<T> {
    const known = this.#entries.get(key);
    if (known) {
      return known;
    }
    const answer = load();
    this.#entries.set(key, answer);
    answer.catch(() => {
      if (this.#entries.peek(key) === answer) {
        this.#entries.delete(key);
      }
    });
    return answer;
  }
}
