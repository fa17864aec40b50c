import type { Sourced, TracingSource } from '../model/EffectiveTracing';

/** What Istio falls back to by itself. */
export const BUILT_IN_DEFAULT: TracingSource = Object.freeze({
  kind: 'built-in-default',
});

const NOTHING: never[] = [];
Object.freeze(NOTHING);

/** A field's values from the farthest to the nearest; the nearest is in effect. */
export class Layers<T> {
  #top: { value: T; source: TracingSource };
  #below: Array<{ value: T; source: TracingSource }> | undefined;

  constructor(value: T, source: TracingSource) {
    this.#top = { value, source };
  }

  get value(): T {
    return this.#top.value;
  }

  get source(): TracingSource {
    return this.#top.source;
  }

  set(value: T, source: TracingSource): void {
    this.#below ??= [];
    this.#below.push(this.#top);
    this.#top = { value, source };
  }

  /** The value in effect with what it shadows, nearest first. */
  sourced(): Sourced<T> {
    return {
      value: this.#top.value,
      source: this.#top.source,
      shadowed: this.#below ? this.#below.slice().reverse() : NOTHING,
    };
  }
}
