import type {
  LatencyResponse,
  LatencyStatistics,
  windowQuerySchema,
} from 'backstage-plugin-mesh-tracing-common';
import type { z } from 'zod';
import type { EntityContext } from '../access/EntityContext';
import { jaegerDefaults } from './jaegerDefaults';
import { publicCoverage } from './publicCoverage';
import { resolveWindow, type TimeWindow } from './resolveWindow';
import type { TraceAnalyses } from './TraceAnalyses';
import type { WorkloadTracings } from './WorkloadTracings';

/** Answers `GET …/latency`. */
export class LatencyInsight {
  readonly #analyses: TraceAnalyses;
  readonly #tracings: WorkloadTracings;
  readonly #now: () => number;

  static create(options: {
    analyses: TraceAnalyses;
    tracings: WorkloadTracings;
    now?: () => number;
  }): LatencyInsight {
    return new LatencyInsight(
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
    query: z.output<typeof windowQuerySchema>,
  ): Promise<LatencyResponse> {
    const { lookbackMs } = jaegerDefaults(context.entity);
    const window = resolveWindow(query, this.#now(), lookbackMs);
    const [current, previous] = await Promise.all([
      this.#analyses.of(context, window),
      this.#previous(context, window),
    ]);
    const { analysis } = current;
    return {
      entityRef: context.entityRef,
      store: current.store.name,
      ...window,
      basis: 'sampled-traces',
      traceCount: analysis.traceCount,
      samplingPercent: this.#tracings.samplingInForce(
        context.match.workloads,
        context.snapshots,
      ),
      latency: analysis.latency,
      previous,
      criticalPath: analysis.criticalPath,
      coverage: publicCoverage(current.coverage),
    };
  }

  /** The comparison is a courtesy: without it, the rest is still worth showing. */
  async #previous(
    context: EntityContext,
    { startTimeMs, endTimeMs }: TimeWindow,
  ): Promise<LatencyStatistics | null> {
    const before = {
      startTimeMs: Math.max(0, startTimeMs - (endTimeMs - startTimeMs)),
      endTimeMs: startTimeMs,
    };
    if (before.startTimeMs >= before.endTimeMs) {
      return null;
    }
    try {
      const { analysis } = await this.#analyses.of(context, before);
      return analysis.latency.overall;
    } catch {
      return null;
    }
  }
}
