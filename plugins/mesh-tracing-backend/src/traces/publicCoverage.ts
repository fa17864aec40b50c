import type { TraceCoverage } from 'backstage-plugin-mesh-tracing-node';
import { sanitizeMessage } from '../shared/sanitizeMessage';

/** Coverage of an answer that holds everything there is, namely nothing. */
export function emptyCoverage(): TraceCoverage {
  return {
    complete: true,
    fetchedCount: 0,
    matchedCount: 0,
    filteredHere: [],
    failures: [],
  };
}

/** Coverage, with what failing systems said made fit for a browser. */
export function publicCoverage(coverage: TraceCoverage): TraceCoverage {
  return {
    complete: coverage.complete,
    isSample: coverage.isSample,
    fetchedCount: coverage.fetchedCount,
    matchedCount: coverage.matchedCount,
    belongingCount: coverage.belongingCount,
    oldestStartTimeMs: coverage.oldestStartTimeMs,
    continueAtMs: coverage.continueAtMs,
    incompleteBecause: coverage.incompleteBecause,
    filteredHere: coverage.filteredHere,
    failures: coverage.failures.map(({ service, message }) => ({
      service,
      message: sanitizeMessage(message),
    })),
  };
}
