import type { DependenciesResponse } from '../api/dependenciesApi';
import type { LatencyResponse } from '../api/latencyApi';
import type { TracingResponse } from '../api/tracingApi';

/** What the page shows; a part that failed or is still to come is absent. @public */
export interface OverviewFigures {
  latency?: Pick<
    LatencyResponse,
    | 'latency'
    | 'previous'
    | 'comparison'
    | 'versionComparisons'
    | 'criticalPath'
    | 'coverage'
  >;
  dependencies?: Pick<DependenciesResponse, 'nodes' | 'edges'>;
  tracing?: Pick<TracingResponse, 'workloads'>;
}
