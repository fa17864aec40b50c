import type { OverviewFigures } from './OverviewFigures';
import type { TracingResponse } from '../api';
import type { Finding, FindingSeverity } from '../shared/Finding';
import { spanReporting } from '../tracing';
import { callerReasons, callReasons, requestReasons } from './failureReasons';
import {
  rankOf,
  type OverviewVerdict,
  type VerdictLevel,
  type VerdictReason,
  type VerdictSource,
} from './OverviewVerdict';

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

function missingOf(figures: OverviewFigures): VerdictSource[] {
  return [
    ...(figures.latency ? [] : (['requests'] as const)),
    ...(figures.dependencies ? [] : (['calls'] as const)),
    ...(figures.tracing ? [] : (['sampling'] as const)),
  ];
}

function sinceOf(latency: OverviewFigures['latency']): number | undefined {
  // A sample is of the whole window, whatever it could read.
  return latency && !latency.sample && !latency.coverage.complete
    ? latency.coverage.oldestStartTimeMs
    : undefined;
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
  for (const { effective, binding } of tracing?.workloads ?? []) {
    for (const finding of [
      ...effective.findings,
      ...(binding?.findings ?? []),
    ]) {
      findings.set(`${finding.code} ${finding.what}`, finding);
    }
  }
  return [...findings.values()].sort(
    (a, b) =>
      rankOf(LEVEL_OF_FINDING[b.severity]) -
      rankOf(LEVEL_OF_FINDING[a.severity]),
  );
}

/** Whether spans leave a workload, and if not, why. */
export function reportingOf({
  workload,
  effective,
}: TracingResponse['workloads'][number]) {
  const reporting = spanReporting(effective);
  return reporting === 'no-proxy' && workload.ambient ? 'ambient' : reporting;
}

function tracingReasons(tracing: OverviewFigures['tracing']): VerdictReason[] {
  const states = (tracing?.workloads ?? []).map(reportingOf);
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
