import type { Random } from '../shared/Random';
import type { RequestOutcome, RequestTarget } from './requestHeaders';

/** What makes the answers of one set of pods worse. */
export interface Weakness {
  /** Factor on the time of own work; 1 when absent. */
  slowness?: number;
  /** Probability of an additional 500, 0 to 1. */
  errorChance?: number;
}

/** The answer of an endpoint without its steps: own work, own failures. */
export function answerOf(
  traffic: Random,
  { endpoint }: RequestTarget,
  startUs: number,
  { slowness = 1, errorChance = 0 }: Weakness = {},
): RequestOutcome {
  const { medianUs, sigma = 0.35, failures = [] } = endpoint;
  const workUs = Math.round(traffic.logNormal(medianUs * slowness, sigma));
  let roll = traffic.fraction() - errorChance;
  let status = roll < 0 ? 500 : 200;
  for (const failure of failures) {
    roll -= failure.chance;
    if (roll < 0 && status === 200) {
      status = failure.status;
    }
  }
  return { endUs: startUs + workUs, status, flags: '-' };
}
