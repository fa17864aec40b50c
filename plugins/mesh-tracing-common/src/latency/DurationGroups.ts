import { Durations } from './Durations';

/** Durations in groups, by a key that tells what they are of. */
export class DurationGroups<K> {
  readonly #groups = new Map<K, Durations>();

  at(key: K): Durations {
    let group = this.#groups.get(key);
    if (!group) {
      group = new Durations();
      this.#groups.set(key, group);
    }
    return group;
  }

  get(key: K): Durations | undefined {
    return this.#groups.get(key);
  }

  entries(): Array<[K, Durations]> {
    return [...this.#groups];
  }
}
