import fc from 'fast-check';
import type { DependenciesResponse } from '../api';
import {
  compareLatency,
  type FailureCount,
  latencyStatistics,
  type LatencyStatistics,
} from '../latency';
import type { FindingSeverity } from '../shared/Finding';
import type { SpanReporting } from '../tracing';
import { resolve, telemetry } from './tracing';
import type { OverviewFigures } from '../overview';

type Workload = NonNullable<OverviewFigures['tracing']>['workloads'][number];
type Edge = DependenciesResponse['edges'][number];

/** Requests of one duration; the failed ones with a status code. */
export function requests(
  count: number,
  errorCount = 0,
  code = 500,
  durationUs = 1_000,
): LatencyStatistics | null {
  const durations = Array.from({ length: count }, () => durationUs);
  return latencyStatistics(durations, errorCount, http(code, errorCount));
}

/** Failures with a code of HTTP. */
export function http(code: number, count: number): FailureCount[] {
  return count > 0 ? [{ protocol: 'http', code, count }] : [];
}

/** An edge between the entity, `e`, and a neighbour. */
export function edge(
  neighbour: string,
  direction: 'inbound' | 'outbound',
  callCount: number,
  errorCount = 0,
  code = 500,
): Edge {
  return {
    from: direction === 'inbound' ? neighbour : 'e',
    to: direction === 'inbound' ? 'e' : neighbour,
    direction,
    source: 'traces',
    declared: true,
    callCount,
    errorCount,
    failures: http(code, errorCount),
    protocol: 'http',
    p50Us: 1,
    p95Us: 1,
  };
}

/** Effective tracing of a workload that is sampled at 10 %, with findings. */
export function workloadWith(
  severities: FindingSeverity[] = [],
  spanReporting: SpanReporting = 'reported',
  samplingParts = 1_000,
): Workload {
  const effective = resolve([
    telemetry('shop/all', { tracing: [{ randomSamplingPercentage: 10 }] }),
  ]);
  const side = effective.server;
  if (!side) {
    throw new Error('A sidecar has a server side');
  }
  const sided = { ...side, spanReporting, samplingParts };
  return {
    workload: {
      cluster: 'c',
      namespace: 'shop',
      kind: 'Deployment',
      name: 'reviews',
      proxy: 'sidecar',
      labels: {},
      podCount: 1,
      readyPodCount: 1,
    },
    effective: {
      ...effective,
      client: sided,
      server: sided,
      findings: severities.map(severity => ({
        severity,
        code: `a-${severity}`,
        what: `There is a ${severity}.`,
        whatToDo: 'Mend it.',
      })),
    },
    override: null,
    explanations: {},
  };
}

/** Figures of a healthy entity, all parts loaded. */
export function figures(
  patch: {
    now?: LatencyStatistics | null;
    before?: LatencyStatistics | null;
    versions?: Array<{ worse: LatencyStatistics; than: LatencyStatistics }>;
    edges?: Edge[];
    workloads?: Workload[];
  } = {},
): Required<OverviewFigures> {
  const now = patch.now === undefined ? requests(200) : patch.now;
  const before = patch.before === undefined ? requests(200) : patch.before;
  return {
    latency: {
      latency: {
        overall: now,
        operations: [],
        peers: [],
        versions: [],
        series: { stepMs: 1, points: [] },
      },
      previous: before,
      comparison: before && now && compareLatency(before, now),
      versionComparisons: (patch.versions ?? []).map(({ worse, than }, i) => ({
        workload: `w${i}`,
        version: 'v2',
        baseline: 'v1',
        comparison: compareLatency(than, worse),
      })),
      criticalPath: [],
      coverage: {
        complete: true,
        fetchedCount: 1,
        matchedCount: 1,
        filteredHere: [],
        failures: [],
      },
    },
    dependencies: {
      nodes: (patch.edges ?? []).map(({ direction, from, to }) => {
        const id = direction === 'inbound' ? from : to;
        return { id, kind: 'service', name: id, focus: false };
      }),
      edges: patch.edges ?? [],
    },
    tracing: { workloads: patch.workloads ?? [workloadWith()] },
  };
}

const CODES = [402, 404, 429, 500, 503];
const anyRequests = fc
  .record({
    count: fc.integer({ min: 1, max: 400 }),
    failedShare: fc.constantFrom(0, 0, 0.01, 0.04, 0.2, 1),
    code: fc.constantFrom(...CODES),
    durationUs: fc.constantFrom(900, 1_000, 1_100, 3_000),
  })
  .map(({ count, failedShare: share, code, durationUs }) =>
    requests(count, Math.floor(count * share), code, durationUs),
  );
const anyEdge = fc
  .record({
    id: fc.integer({ min: 0, max: 9 }),
    direction: fc.constantFrom('inbound' as const, 'outbound' as const),
    callCount: fc.integer({ min: 1, max: 400 }),
    failedShare: fc.constantFrom(0, 0, 0.01, 0.04, 0.2, 1),
    code: fc.constantFrom(...CODES),
  })
  .map(({ id, direction, callCount, failedShare: share, code }) =>
    edge(`n${id}`, direction, callCount, Math.floor(callCount * share), code),
  );
const anyWorkload = fc
  .tuple(
    fc.array(
      fc.constantFrom<FindingSeverity>('error', 'warning', 'info', 'info'),
      { maxLength: 2 },
    ),
    fc.constantFrom<SpanReporting>('reported', 'reported', 'no-tracer'),
  )
  .map(([severities, reporting]) => workloadWith(severities, reporting));

/** What a page may show; a part may be missing. */
export const anyFigures: fc.Arbitrary<OverviewFigures> = fc
  .record({
    all: fc
      .record({
        now: fc.option(anyRequests, { freq: 8 }),
        before: fc.option(anyRequests),
        versions: fc.array(
          fc.record({ worse: anyRequests, than: anyRequests }),
          { maxLength: 2 },
        ),
        edges: fc.array(anyEdge, { maxLength: 4 }),
        workloads: fc.array(anyWorkload, { maxLength: 2 }),
      })
      .map(({ versions, ...rest }) =>
        figures({
          ...rest,
          versions: versions.flatMap(({ worse, than }) =>
            worse && than ? [{ worse, than }] : [],
          ),
        }),
      ),
    missing: fc.subarray(['latency', 'dependencies', 'tracing'] as const, {
      maxLength: 1,
    }),
    isWhole: fc.boolean(),
  })
  .map(({ all, missing, isWhole }) => {
    const shown: OverviewFigures = { ...all };
    (isWhole ? [] : missing).forEach(part => delete shown[part]);
    return shown;
  });
