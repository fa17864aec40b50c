import { NotAllowedError } from '@backstage/errors';

/**
 * Previews at once that are always allowed: more than a form filled in by hand
 * needs.
 */
const MIN_BURST = 60;
const REFILL_MS = 60_000;
/** People that are remembered at most; those with a full bucket need not be. */
const MAX_REMEMBERED = 10_000;

interface Bucket {
  tokens: number;
  atMs: number;
}

/**
 * Bounds how often one person previews, since each preview costs a dry run and
 * questions to the trace store. Changes and reverts that fail count too: they
 * cost as much, and no history counts them. Each person has a bucket of three
 * times the changes that are allowed in ten minutes, but at least 60, which
 * fills up within a minute. Each replica counts for itself.
 */
export class PreviewLimit {
  readonly #burst: number;
  readonly #buckets = new Map<string, Bucket>();

  /** @param changes - how many changes are allowed in ten minutes */
  static create(changes: number): PreviewLimit {
    return new PreviewLimit(Math.max(MIN_BURST, 3 * changes));
  }

  private constructor(burst: number) {
    this.#burst = burst;
  }

  /** @throws NotAllowedError that says how long to wait */
  take(userRef: string, now: Date): void {
    const nowMs = now.getTime();
    const tokens = this.#tokens(this.#buckets.get(userRef), nowMs);
    if (tokens < 1) {
      const waitSeconds = Math.ceil(
        ((1 - tokens) * REFILL_MS) / this.#burst / 1000,
      );
      throw new NotAllowedError(
        `You previewed, or tried in vain, more than ${
          this.#burst
        } changes within a minute; try again in ${waitSeconds} seconds`,
      );
    }
    this.#buckets.set(userRef, { tokens: tokens - 1, atMs: nowMs });
    if (this.#buckets.size > MAX_REMEMBERED) {
      this.#forget(nowMs);
    }
  }

  /**
   * Takes one for an attempt that counts only if it fails, so that many at once
   * are bounded too.
   *
   * @returns gives it back, once the attempt has succeeded
   * @throws NotAllowedError that says how long to wait
   */
  reserve(userRef: string, now: Date): () => void {
    this.take(userRef, now);
    return () => {
      const bucket = this.#buckets.get(userRef);
      if (bucket) {
        bucket.tokens = Math.min(this.#burst, bucket.tokens + 1);
      }
    };
  }

  #tokens(bucket: Bucket | undefined, nowMs: number): number {
    if (!bucket) {
      return this.#burst;
    }
    const elapsedMs = Math.max(0, nowMs - bucket.atMs);
    return Math.min(
      this.#burst,
      bucket.tokens + (elapsedMs * this.#burst) / REFILL_MS,
    );
  }

  #forget(nowMs: number): void {
    for (const [userRef, bucket] of this.#buckets) {
      if (this.#tokens(bucket, nowMs) >= this.#burst) {
        this.#buckets.delete(userRef);
      }
    }
  }
}
