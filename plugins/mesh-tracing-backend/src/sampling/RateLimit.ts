import type { WorkloadRef } from 'backstage-plugin-mesh-tracing-common';
import type { PolicyVerdict } from 'backstage-plugin-mesh-tracing-node';
import type { SamplingStore } from './SamplingStore';

const WINDOW_MS = 10 * 60 * 1000;

/**
 * Bounds how often one person changes one workload. Counts the history, which
 * all replicas share.
 */
export class RateLimit {
  readonly #store: Pick<SamplingStore, 'changesSince'>;
  readonly #max: number;

  static create(options: {
    store: Pick<SamplingStore, 'changesSince'>;
    max: number;
  }): RateLimit {
    return new RateLimit(options.store, options.max);
  }

  private constructor(store: Pick<SamplingStore, 'changesSince'>, max: number) {
    this.#store = store;
    this.#max = max;
  }

  async verdict(
    userRef: string,
    workload: WorkloadRef,
    now: Date,
  ): Promise<PolicyVerdict> {
    const { count, oldestMs } = await this.#store.changesSince(
      userRef,
      workload,
      now.getTime() - WINDOW_MS,
    );
    const waitSeconds = Math.max(
      1,
      Math.ceil(((oldestMs ?? 0) + WINDOW_MS - now.getTime()) / 1000),
    );
    return {
      rule: 'rate-limit',
      allowed: count < this.#max,
      message:
        count < this.#max
          ? `At most ${this.#max} changes in ten minutes`
          : `You changed this workload ${count} times within ten minutes; try again in ${waitSeconds} seconds`,
    };
  }
}
