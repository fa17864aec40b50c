import { Durations } from './Durations';
import type { SampleDesign } from './SampleDesign';

/** Durations in groups, by a key that tells what they are of. */
export class DurationGroups<K> {
  readonly #groups = new Map<K, Durations>();
  readonly #design: SampleDesign | undefined;

  constructor(design?: SampleDesign) {
    this.#design = design;
  }

  at(key: K): Durations {
    let group = this.#groups.get(key);
    if (!group) {
      group = new Durations(this.#design);
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
