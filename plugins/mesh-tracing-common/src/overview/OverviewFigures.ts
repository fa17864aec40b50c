import type {
  DependenciesResponse,
  LatencyResponse,
  TracingResponse,
} from '../api';

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
    | 'sample'
  >;
  dependencies?: Pick<DependenciesResponse, 'nodes' | 'edges'>;
  tracing?: Pick<TracingResponse, 'workloads'>;
}
