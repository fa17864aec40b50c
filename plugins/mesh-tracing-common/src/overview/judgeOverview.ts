import type { DependenciesResponse } from '../api/dependenciesApi';
import type { LatencyResponse } from '../api/latencyApi';
import type { TracingResponse } from '../api/tracingApi';
import type { Finding, FindingSeverity } from '../shared/Finding';
import { spanReporting } from '../telemetry/resolve/tracedSide';
import { failedShare, levelOfFailures, weightOfFailures } from './failedShare';
import {
  VERDICT_LEVELS,
  type OverviewVerdict,
  type VerdictLevel,
  type VerdictReason,
  type VerdictSource,
} from './OverviewVerdict';

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

const LEVEL_OF_FINDING: Record<FindingSeverity, VerdictLevel> = {
  error: 'critical',
  warning: 'warning',
  info: 'good',
};

/** Kinds of the same level in the order in which they are told. */
const ORDER: Array<VerdictReason['kind']> = [
  'failed-requests',
  'failed-callers',
  'failed-calls',
  'version',
  'changed',
  'finding',
  'not-traced',
];

/**
 * The verdict on an entity from everything that its page shows: it is as bad as
 * the worst of that, good only if all of it is known and good, and it says of
 * nothing that it did not compare that it is as before.
 * @public
 */
export function judgeOverview(figures: OverviewFigures): OverviewVerdict {
  const { latency, dependencies, tracing } = figures;
  const reasons = [
    ...requestReasons(latency),
    ...callerReasons(latency, dependencies),
    ...callReasons(dependencies),
    ...changeReasons(latency),
    ...versionReasons(latency),
    ...findingReasons(tracing),
    ...tracingReasons(tracing),
  ].sort(
    (a, b) =>
      rankOf(b.level) - rankOf(a.level) ||
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind),
  );
  const overall = latency?.latency.overall;
  const requestCount = overall?.count ?? 0;
  const missing = missingOf(figures);
  const isKnown = missing.length === 0 && requestCount > 0;
  return {
    level: reasons[0]?.level ?? (isKnown ? 'good' : 'unknown'),
    reasons,
    requestCount,
    errorCount: overall?.errorCount ?? 0,
    sinceMs: sinceOf(latency),
    comparison: latency?.comparison?.verdict ?? 'nothing',
    missing,
    slowest: slowestOf(latency),
  };
}

function rankOf(level: VerdictLevel): number {
  return VERDICT_LEVELS.indexOf(level);
}

function missingOf(figures: OverviewFigures): VerdictSource[] {
  return [
    ...(figures.latency ? [] : (['requests'] as const)),
    ...(figures.dependencies ? [] : (['calls'] as const)),
    ...(figures.tracing ? [] : (['sampling'] as const)),
  ];
}

function sinceOf(latency: OverviewFigures['latency']): number | undefined {
  return latency && !latency.coverage.complete
    ? latency.coverage.oldestStartTimeMs
    : undefined;
}

function requestReasons(latency: OverviewFigures['latency']): VerdictReason[] {
  const overall = latency?.latency.overall;
  if (!overall || overall.errorCount === 0) {
    return [];
  }
  const share = failedShare({ ...overall, totalCount: overall.count });
  return [{ kind: 'failed-requests', level: levelOfFailures(share), ...share }];
}

/** The failed calls with one neighbour each, the worst first. */
function failedNeighbours(
  dependencies: OverviewFigures['dependencies'],
  direction: 'inbound' | 'outbound',
) {
  const { nodes = [], edges = [] } = dependencies ?? {};
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return edges
    .filter(edge => edge.direction === direction && edge.errorCount > 0)
    .map(edge => {
      const id = direction === 'inbound' ? edge.from : edge.to;
      const share = failedShare({ ...edge, totalCount: edge.callCount });
      return {
        name: names.get(id) ?? id,
        share,
        level: levelOfFailures(share),
      };
    })
    .sort(
      (a, b) =>
        rankOf(b.level) - rankOf(a.level) ||
        weightOfFailures(b.share) - weightOfFailures(a.share),
    );
}

/** What callers see beyond what the entity's own spans tell, as with timeouts. */
function callerReasons(
  latency: OverviewFigures['latency'],
  dependencies: OverviewFigures['dependencies'],
): VerdictReason[] {
  const [worst] = failedNeighbours(dependencies, 'inbound');
  const [own] = requestReasons(latency);
  if (!worst || (own && rankOf(own.level) >= rankOf(worst.level))) {
    return [];
  }
  const { name, level, share } = worst;
  return [{ kind: 'failed-callers', level, name, ...share }];
}

function callReasons(
  dependencies: OverviewFigures['dependencies'],
): VerdictReason[] {
  const [worst] = failedNeighbours(dependencies, 'outbound');
  if (!worst) {
    return [];
  }
  const { name, level, share } = worst;
  return [{ kind: 'failed-calls', level, name, ...share }];
}

function changeReasons(latency: OverviewFigures['latency']): VerdictReason[] {
  const comparison = latency?.comparison;
  return comparison?.verdict === 'slower' ||
    comparison?.verdict === 'more errors'
    ? [
        {
          kind: 'changed',
          level: 'warning',
          what: comparison.verdict,
          comparison,
        },
      ]
    : [];
}

/**
 * The version that does worse, whichever of the two has more requests. That
 * another one is faster is good news, not a fault of the one that people know.
 */
function versionReasons(latency: OverviewFigures['latency']): VerdictReason[] {
  return (latency?.versionComparisons ?? []).flatMap(
    ({ workload, version, baseline, comparison }): VerdictReason[] => {
      const { verdict, p95Ratio } = comparison;
      if (verdict === 'fewer errors') {
        const inverse = p95Ratio ? 1 / p95Ratio : null;
        return [
          versionReason('more errors', workload, baseline, version, inverse),
        ];
      }
      return verdict === 'slower' || verdict === 'more errors'
        ? [versionReason(verdict, workload, version, baseline, p95Ratio)]
        : [];
    },
  );
}

function versionReason(
  what: 'slower' | 'more errors',
  workload: string,
  version: string,
  against: string,
  p95Ratio: number | null,
): VerdictReason {
  return {
    kind: 'version',
    level: 'warning',
    what,
    workload,
    version,
    against,
    p95Ratio,
  };
}

function findingReasons(tracing: OverviewFigures['tracing']): VerdictReason[] {
  return distinctFindings(tracing)
    .filter(({ severity }) => severity !== 'info')
    .map(finding => ({
      kind: 'finding',
      level: LEVEL_OF_FINDING[finding.severity],
      finding,
    }));
}

/** The findings of all workloads, the same one once, most urgent first. @public */
export function distinctFindings(
  tracing: OverviewFigures['tracing'],
): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { effective } of tracing?.workloads ?? []) {
    for (const finding of effective.findings) {
      findings.set(`${finding.code} ${finding.what}`, finding);
    }
  }
  return [...findings.values()].sort(
    (a, b) =>
      rankOf(LEVEL_OF_FINDING[b.severity]) -
      rankOf(LEVEL_OF_FINDING[a.severity]),
  );
}

function tracingReasons(tracing: OverviewFigures['tracing']): VerdictReason[] {
  const states = (tracing?.workloads ?? []).map(({ effective }) =>
    spanReporting(effective),
  );
  const silent = states.filter(state => state !== 'reported');
  const [why] = silent;
  return why === undefined
    ? []
    : [
        {
          kind: 'not-traced',
          level: 'notice',
          why,
          workloadCount: silent.length,
          ofWorkloads: states.length,
        },
      ];
}

function slowestOf(
  latency: OverviewFigures['latency'],
): OverviewVerdict['slowest'] {
  const parts = latency?.criticalPath ?? [];
  const total = parts.reduce((sum, part) => sum + part.selfUs, 0);
  const [first] = [...parts].sort((a, b) => b.selfUs - a.selfUs);
  return first && total > 0
    ? {
        service: first.service,
        operation: first.operation,
        share: first.selfUs / total,
      }
    : undefined;
}
