/** Lets equal requests that are under way at the same time share one answer. */
export class Coalescer {
  readonly #underWay = new Map<string, Promise<unknown>>();

  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const present = this.#underWay.get(key) as Promise<T> | undefined;
    if (present) {
      return present;
    }
    const promise = work().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, promise);
    return promise;
  }
}
