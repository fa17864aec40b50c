import { SharedWork } from '../../shared/SharedWork';

/**
 * Lets equal requests that are under way at the same time share one answer, and
 * ends the work when none of them waits any more.
 */
export class Coalescer {
  readonly #underWay = new Map<string, SharedWork<unknown>>();

  /**
   * @param work - gets a signal that is aborted when nobody waits any more
   * @param signal - of who asks
   */
  run<T>(
    key: string,
    work: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const present = this.#underWay.get(key) as SharedWork<T> | undefined;
    if (present) {
      return present.join(signal);
    }
    const shared: SharedWork<T> = SharedWork.start(
      stop => work(stop).finally(() => this.#forget(key, shared)),
      () => this.#forget(key, shared),
    );
    this.#underWay.set(key, shared);
    return shared.join(signal);
  }

  #forget(key: string, shared: SharedWork<unknown>): void {
    if (this.#underWay.get(key) === shared) {
      this.#underWay.delete(key);
    }
  }
}
