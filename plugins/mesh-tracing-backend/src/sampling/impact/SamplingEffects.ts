import {
  effectOfSampling,
  formatWorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  EffectiveTracing,
  FirstHop,
  SamplingEffect,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';
import type { FirstHopEntities } from '../../workloads';
import type {
  ObservedTraces,
  RequestRateEstimator,
} from './RequestRateEstimator';

/**
 * How long an observation is remembered: as long as the window that it covers.
 */
const REMEMBERED_MS = 3_600_000;
const MAX_REMEMBERED = 1_000;
/** How many of the services where traces begin are named. */
const MAX_FIRST_HOPS = 3;

interface Remembered {
  observed: ObservedTraces;
  firstHops: FirstHop[];
  untilMs: number;
}

/**
 * Tells what a change of sampling does, for its preview and once it is in
 * force. What was observed for the preview is remembered for the caller, so
 * that both say the same.
 */
export class SamplingEffects {
  readonly #estimator?: RequestRateEstimator;
  readonly #firstHops?: FirstHopEntities;
  readonly #now: () => number;
  readonly #remembered = new Map<string, Remembered>();

  static create(options: {
    estimator?: RequestRateEstimator;
    firstHops?: FirstHopEntities;
    now?: () => number;
  }): SamplingEffects {
    return new SamplingEffects(options);
  }

  private constructor(options: {
    estimator?: RequestRateEstimator;
    firstHops?: FirstHopEntities;
    now?: () => number;
  }) {
    this.#estimator = options.estimator;
    this.#firstHops = options.firstHops;
    this.#now = options.now ?? Date.now;
  }

  /** Whether the entity's traces can tell where they begin. */
  canObserve({ tracesHidden }: EntityContext): boolean {
    return this.#estimator?.observe !== undefined && !tracesHidden;
  }

  /**
   * Looks where the traces of a workload begin; null where nothing can be said.
   *
   * @throws what the trace store throws
   */
  async observe(
    context: EntityContext,
    workload: Workload,
  ): Promise<ObservedTraces | null> {
    const observed = this.canObserve(context)
      ? (await this.#estimator?.observe?.(context, workload)) ?? null
      : null;
    if (observed) {
      this.#remember(context, workload, {
        observed,
        firstHops: await this.#named(context, observed),
        untilMs: this.#now() + REMEMBERED_MS,
      });
    }
    return observed;
  }

  /** The verdict, with what was last observed. */
  effect(
    context: EntityContext,
    workload: Workload,
    change: { before: EffectiveTracing; after: EffectiveTracing },
  ): SamplingEffect {
    const { observed, firstHops } = this.#recall(context, workload) ?? {};
    return effectOfSampling({
      ...change,
      proxy: workload.proxy,
      proxyVersion: workload.proxyVersion,
      seen: observed
        ? {
            traces: observed.traces,
            began: observed.rootTraces,
            complete: observed.complete,
            ...(observed.estimatedRootTraces ? { isSample: true } : {}),
          }
        : null,
      firstHops,
    });
  }

  async #named(
    context: EntityContext,
    { beganAt = [] }: ObservedTraces,
  ): Promise<FirstHop[]> {
    return Promise.all(
      beganAt.slice(0, MAX_FIRST_HOPS).map(async hop => {
        // The verdict holds even where the entities of the first hops can't be
        // named.
        const known = await this.#firstHops
          ?.entityOfService(context, hop.service)
          .catch(() => undefined);
        return { ...hop, ...known, ownerRefs: known?.ownerRefs ?? [] };
      }),
    );
  }

  #remember(
    context: EntityContext,
    workload: Workload,
    remembered: Remembered,
  ): void {
    const key = keyOf(context, workload);
    this.#remembered.delete(key);
    this.#remembered.set(key, remembered);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > MAX_REMEMBERED && oldest !== undefined) {
      this.#remembered.delete(oldest);
    }
  }

  #recall(context: EntityContext, workload: Workload): Remembered | undefined {
    const known = this.#remembered.get(keyOf(context, workload));
    return known && known.untilMs > this.#now() && this.canObserve(context)
      ? known
      : undefined;
  }
}

/**
 * Remembers apart for each user, since each may see other traces and another
 * catalog.
 */
function keyOf(
  { entityRef, userRef }: EntityContext,
  workload: Workload,
): string {
  return JSON.stringify([userRef, entityRef, formatWorkloadRef(workload)]);
}
