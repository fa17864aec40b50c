/**
 * The smallest interval that the number of successes in `trials` leaves with a
 * probability of at most `1 - confidence`, half of it on either side; exact.
 */
export function binomialInterval(
  trials: number,
  probability: number,
  confidence: number,
): [number, number] {
  const tail = (1 - confidence) / 2;
  const odds = Math.log(probability / (1 - probability));
  let logTerm = trials * Math.log(1 - probability);
  let below = 0;
  let low = 0;
  for (let successes = 0; successes <= trials; successes += 1) {
    const term = Math.exp(logTerm);
    if (below + term <= tail) low = successes + 1;
    below += term;
    if (below >= 1 - tail) return [low, successes];
    logTerm += Math.log(trials - successes) - Math.log(successes + 1) + odds;
  }
  return [low, trials];
}
