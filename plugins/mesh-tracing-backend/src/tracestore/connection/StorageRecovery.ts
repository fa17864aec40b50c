import { problemIn } from '../problems/StoreError';

/**
 * While the shards of a storage come back one by one, Jaeger answers with the spans
 * of those that are back as if they were all. So long after it last said that its
 * storage failed, no answer is taken for whole.
 */
export const RECOVERY_MS = 15_000;

/** What all storages hold: dependencies and metrics come from elsewhere. */
const OF_SPANS = /^\/api\/(?:traces|services|v3\/)/;

/** Remembers when the storage behind a store last failed. */
export class StorageRecovery {
  readonly #now: () => number;
  #failedAtMs: number | undefined;

  static create(now: () => number): StorageRecovery {
    return new StorageRecovery(now);
  }

  private constructor(now: () => number) {
    this.#now = now;
  }

  get isUnderWay(): boolean {
    return (
      this.#failedAtMs !== undefined &&
      this.#now() - this.#failedAtMs < RECOVERY_MS
    );
  }

  /** @returns the error that came in answer to the path */
  noted(path: string, error: unknown): unknown {
    if (OF_SPANS.test(path) && problemIn(error as Error, 'storage-failed')) {
      this.#failedAtMs = this.#now();
    }
    return error;
  }
}
