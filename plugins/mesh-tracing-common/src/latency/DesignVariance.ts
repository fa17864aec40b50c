import type { SampleWeights } from '../traces';

/** How far a sum over a sample may be from that over all. */
export interface Spread {
  variance: number;
  /** Of how many independent observations the variance itself is known. */
  degrees: number;
  /** Variance with bursts, against that of traces that come independently; at least 1. */
  dispersion: number;
}

/**
 * Variance of weighted sums over the traces of a sample. Traces are read in
 * stretches of time: what happens within one belongs together. So the variance
 * is estimated twice, from the traces as if they came independently, and from how
 * much each part of the window differs from its neighbours (Wolter, Introduction
 * to Variance Estimation, on systematic samples: second differences, in which a
 * steady rise or fall cancels out); the larger one counts. Parts that were read
 * whole add nothing.
 */
export class DesignVariance {
  readonly #weights: SampleWeights;
  /** Indices of the parts that were read in part, in order of time. */
  readonly #sampled: number[];
  readonly #ofTrace: Float64Array;

  constructor(weights: SampleWeights) {
    this.#weights = weights;
    this.#sampled = weights.strata.flatMap(({ readShare }, at) =>
      readShare > 0 && readShare < 1 ? [at] : [],
    );
    this.#ofTrace = new Float64Array(weights.weightOf.length);
  }

  /**
   * @param traces - index of the trace of each term
   * @param terms - of the sum, weighted already
   */
  of(traces: ArrayLike<number>, terms: ArrayLike<number>): Spread {
    const { stratumOf, strata } = this.#weights;
    const ofTrace = this.#ofTrace;
    const sums = new Float64Array(strata.length);
    const squares = new Float64Array(strata.length);
    for (let i = 0; i < terms.length; i++) {
      const trace = traces[i] as number;
      ofTrace[trace] = (ofTrace[trace] as number) + (terms[i] as number);
    }
    for (let i = 0; i < terms.length; i++) {
      const trace = traces[i] as number;
      const term = ofTrace[trace] as number;
      const at = stratumOf[trace] as number;
      if (term !== 0 && at >= 0) {
        sums[at] = (sums[at] as number) + term;
        squares[at] = (squares[at] as number) + term * term;
      }
      ofTrace[trace] = 0;
    }
    const apart = total(
      this.#sampled.map(at => this.#left(at) * (squares[at] as number)),
    );
    const between = total(this.#differences(sums));
    return {
      variance: Math.max(apart.sum, between.sum),
      degrees: between.degrees,
      dispersion: apart.sum > 0 ? Math.max(1, between.sum / apart.sum) : 1,
    };
  }

  /** Share of a part that was not read. */
  #left(at: number): number {
    return 1 - (this.#weights.strata[at]?.readShare ?? 1);
  }

  /** What each part adds to the variance by how it differs from its neighbours. */
  #differences(sums: Float64Array): number[] {
    const sampled = this.#sampled;
    const lengths = sampled.map(at => this.#weights.strata[at]?.lengthMs ?? 1);
    const densities = sampled.map(
      (at, place) => (sums[at] as number) / (lengths[place] as number),
    );
    return sampled.map((at, place) => {
      const own = densities[place] as number;
      const around = [densities[place - 1], densities[place + 1]].filter(
        density => density !== undefined,
      );
      if (around.length === 0) {
        return 0;
      }
      const mean = around.reduce((a, b) => a + b, 0) / around.length;
      const scale = around.length === 2 ? 2 / 3 : 1 / 2;
      const difference = (own - mean) * (lengths[place] as number);
      return this.#left(at) * scale * difference * difference;
    });
  }
}

function total(parts: number[]): { sum: number; degrees: number } {
  const sum = parts.reduce((a, b) => a + b, 0);
  const squares = parts.reduce((a, b) => a + b * b, 0);
  // As many as the parts that matter (Satterthwaite), without the credit for
  // normal ones: bursts are not normal. Without neighbours there is no telling.
  return { sum, degrees: squares > 0 ? (sum * sum) / squares : Infinity };
}
