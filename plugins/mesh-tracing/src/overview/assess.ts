import type {
  DependenciesResponse,
  LatencyResponse,
} from 'backstage-plugin-mesh-tracing-common';

/** Fewer requests than this carry no judgement of change. */
const ENOUGH = 20;
/** Share of failed requests from which a service counts as failing. */
const FAILING_SHARE = 0.05;
/** Growth of the 95th percentile from which a service counts as slower. */
const SLOWER = 1.5;

/** What the first look must answer: slow, failing, and where. */
export interface Assessment {
  state: 'no-data' | 'healthy' | 'errors' | 'failing' | 'slower';
  /** Failed requests over all, 0 to 1. */
  errorShare: number;
  requestCount: number;
  errorCount: number;
  /** p95 now over p95 before; absent when either window is too thin. */
  slowdown?: number;
  /** Where most of the critical path goes. */
  slowest?: { service: string; operation: string; share: number };
  /** The call that fails most often. */
  worstCall?: { name: string; callCount: number; errorCount: number };
}

/** Judges a window from its statistics and its calls. */
export function assess(
  response: LatencyResponse,
  dependencies?: DependenciesResponse,
): Assessment {
  const now = response.latency.overall;
  if (!now || now.count === 0) {
    return { state: 'no-data', errorShare: 0, requestCount: 0, errorCount: 0 };
  }
  const before = response.previous;
  const comparable =
    before && before.p95Us > 0 && before.count >= ENOUGH && now.count >= ENOUGH;
  const assessment: Assessment = {
    state: 'healthy',
    errorShare: now.errorCount / now.count,
    requestCount: now.count,
    errorCount: now.errorCount,
    slowdown: comparable ? now.p95Us / before.p95Us : undefined,
    slowest: slowestOf(response),
    worstCall: worstCallOf(dependencies),
  };
  if (assessment.errorShare >= FAILING_SHARE) {
    assessment.state = 'failing';
  } else if ((assessment.slowdown ?? 1) >= SLOWER) {
    assessment.state = 'slower';
  } else if (now.errorCount > 0) {
    assessment.state = 'errors';
  }
  return assessment;
}

function slowestOf({ criticalPath }: LatencyResponse) {
  const total = criticalPath.reduce((sum, part) => sum + part.selfUs, 0);
  const first = [...criticalPath].sort((a, b) => b.selfUs - a.selfUs)[0];
  return first && total > 0
    ? {
        service: first.service,
        operation: first.operation,
        share: first.selfUs / total,
      }
    : undefined;
}

function worstCallOf(dependencies?: DependenciesResponse) {
  const worst = dependencies?.edges
    .filter(edge => edge.direction === 'outbound' && edge.errorCount > 0)
    .sort((a, b) => b.errorCount - a.errorCount)[0];
  const node = dependencies?.nodes.find(({ id }) => id === worst?.to);
  return worst && node
    ? {
        name: node.name,
        callCount: worst.callCount,
        errorCount: worst.errorCount,
      }
    : undefined;
}
