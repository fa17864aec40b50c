import type { SampleWeights } from '../traces';
import { DesignVariance, type Spread } from './DesignVariance';

/** How the requests of a sample were drawn, and what that means for what they tell. */
export class SampleDesign {
  readonly #variance: DesignVariance;
  readonly #least: { count: number; share: number };

  /**
   * @param least - how much bursts widen the bounds at least, where too little is
   *   looked at to tell by itself, as with one slice
   */
  constructor(
    readonly weights: SampleWeights,
    least: { count: number; share: number } = { count: 1, share: 1 },
  ) {
    this.#variance = new DesignVariance(weights);
    this.#least = least;
  }

  /** Requests that one of a trace stands for; 0 = it does not count. */
  weightOf(trace: number): number {
    return this.weights.weightOf[trace] as number;
  }

  spread(
    traces: ArrayLike<number>,
    terms: ArrayLike<number>,
    of: 'count' | 'share',
  ): Spread {
    const { variance, degrees, dispersion } = this.#variance.of(traces, terms);
    const widening = Math.max(1, this.#least[of] / dispersion);
    return { variance: variance * widening, degrees, dispersion };
  }

  /** Share of a trace's part of the window that was not read. */
  unread(trace: number): number {
    const stratum = this.weights.stratumOf[trace] as number;
    return 1 - (this.weights.strata[stratum]?.readShare ?? 1);
  }
}
