import type { LatencyStatistics } from 'backstage-plugin-mesh-tracing-common';
import type { EstimatedFigure } from '../shared/sample/estimates';

/** Figures that an estimate has bounds of. */
export type EstimatedName = 'count' | 'errorRate' | 'p50Us' | 'p95Us' | 'p99Us';

/** A figure of statistics with its bounds; without them where it is exact. */
export function estimatedFigure(
  statistics: LatencyStatistics,
  name: EstimatedName,
): EstimatedFigure {
  return {
    value:
      name === 'errorRate'
        ? statistics.errorCount / Math.max(1, statistics.count)
        : statistics[name],
    bounds: statistics.estimate?.[name],
  };
}
