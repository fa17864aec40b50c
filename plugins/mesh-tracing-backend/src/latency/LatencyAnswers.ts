import {
  compareLatency,
  sampleConfidence,
  type AllRequests,
  type LatencyResponse,
  type LatencyStatistics,
  type SampleLevel,
  type statisticsQuerySchema,
  type VersionLatency,
} from 'backstage-plugin-mesh-tracing-common';
import type { z } from 'zod';
import { errorText } from '../shared/errorText';
import type { EntityContext } from '../shared/EntityContext';
import { sanitizeMessage } from '../shared/sanitizeMessage';
import { callTraceStore, readOptionsOf } from '../tracestore';
import {
  type EntityAnalysis,
  jaegerDefaults,
  publicCoverage,
  resolveWindow,
  type TimeWindow,
  type TraceAnalyses,
} from '../traces';
import type { WorkloadTracings } from '../tracing';

/** Answers `GET …/latency`. */
export class LatencyAnswers {
  readonly #analyses: TraceAnalyses;
  readonly #tracings: WorkloadTracings;
  readonly #now: () => number;

  static create(options: {
    analyses: TraceAnalyses;
    tracings: WorkloadTracings;
    now?: () => number;
  }): LatencyAnswers {
    return new LatencyAnswers(
      options.analyses,
      options.tracings,
      options.now ?? Date.now,
    );
  }

  private constructor(
    analyses: TraceAnalyses,
    tracings: WorkloadTracings,
    now: () => number,
  ) {
    this.#analyses = analyses;
    this.#tracings = tracings;
    this.#now = now;
  }

  async latency(
    context: EntityContext,
    { sample, ...query }: z.output<typeof statisticsQuerySchema>,
  ): Promise<LatencyResponse> {
    const { lookbackMs } = jaegerDefaults(context.entity);
    const window = resolveWindow(query, this.#now(), lookbackMs);
    const analysed = this.#analyses.of(context, window, { sample });
    const [current, previous, allRequests] = await Promise.all([
      analysed,
      this.#previous(context, window, sample),
      analysed.then(found => allRequestsOf(context, found)),
    ]);
    const { analysis } = current;
    const { overall, versions } = analysis.latency;
    const samplingPercent = this.#tracings.samplingInForce(
      context.match.workloads,
      context.snapshots,
    );
    return {
      entityRef: context.entityRef,
      store: current.store.name,
      ...window,
      basis: 'sampled-traces',
      traceCount: analysis.traceCount,
      sample: analysis.sample,
      samplingPercent,
      latency: analysis.latency,
      previous,
      confidence: sampleConfidence(
        overall?.count ?? 0,
        overall?.errorCount ?? 0,
        samplingPercent,
        overall?.estimate,
      ),
      comparison: previous && overall && compareLatency(previous, overall),
      versionComparisons: compareVersions(versions),
      allRequests,
      criticalPath: analysis.criticalPath,
      criticalPathElsewhereUs: analysis.criticalPathElsewhereUs,
      coverage: publicCoverage(current.coverage),
    };
  }

  /**
   * Durations in the window of equal length before, which is read as well as the
   * window itself. Null where they can't be read, since the rest is worth showing
   * without the comparison.
   */
  async #previous(
    context: EntityContext,
    { startTimeMs, endTimeMs }: TimeWindow,
    sample: SampleLevel | undefined,
  ): Promise<LatencyStatistics | null> {
    const before = {
      startTimeMs: Math.max(0, startTimeMs - (endTimeMs - startTimeMs)),
      endTimeMs: startTimeMs,
    };
    if (before.startTimeMs >= before.endTimeMs) {
      return null;
    }
    try {
      const { analysis } = await this.#analyses.of(context, before, { sample });
      return analysis.latency.overall;
    } catch {
      return null;
    }
  }
}

/**
 * Compares each version of a workload with its version that has most requests,
 * which is the one that people know.
 */
function compareVersions(
  versions: VersionLatency[],
): LatencyResponse['versionComparisons'] {
  const workloads = [...new Set(versions.map(({ workload }) => workload))];
  return workloads.flatMap(workload => {
    const [baseline, ...others] = versions
      .filter(version => version.workload === workload)
      .sort((a, b) => b.count - a.count);
    return baseline
      ? others.map(other => ({
          workload,
          version: other.version,
          baseline: baseline.version,
          comparison: compareLatency(baseline, other),
        }))
      : [];
  });
}

/**
 * Figures of all requests, from metrics. A failure is told beside the figures
 * from traces, which are worth showing without.
 */
async function allRequestsOf(
  context: EntityContext,
  { store, services, window }: EntityAnalysis,
): Promise<AllRequests | null> {
  if (!store.requestMetrics) {
    return null;
  }
  const workloads = context.match.workloads.map(({ namespace, name }) => ({
    namespace,
    name,
  }));
  try {
    const rows = await callTraceStore(
      store,
      s =>
        s.requestMetrics?.(
          { services, workloads, ...window },
          readOptionsOf(context),
        ) ?? Promise.resolve(undefined),
      context.signal,
    );
    const wasAsked = services.length > 0 || rows?.length;
    return rows && wasAsked ? { basis: 'all-requests', rows } : null;
  } catch (error) {
    return {
      basis: 'all-requests',
      rows: [],
      problem: sanitizeMessage(errorText(error)),
    };
  }
}
