import {
  judgePropagationRung,
  type PropagationAnalysis,
  type PropagationEvidence,
  type PropagationRates,
  type PropagationResponse,
  requiredHeaders,
  type SampleLevel,
  type statisticsQuerySchema,
  type TracedShare,
  type TracingProvider,
  type Workload,
  type WorkloadPropagation,
} from 'backstage-plugin-mesh-tracing-common';
import type { z } from 'zod';
import type { RequestAnswers } from '../latency';
import type { EntityContext } from '../shared/EntityContext';
import {
  jaegerDefaults,
  publicCoverage,
  resolveWindow,
  type TimeWindow,
  type TraceAnalyses,
} from '../traces';
import type { WorkloadTracings } from '../tracing';
import { toWorkloadRef } from '../workloads';

/** What of the answer the ladder of a workload needs. */
export type WindowPropagation = Omit<PropagationResponse, 'entityRef'>;

/** Answers `GET …/propagation`. */
export class PropagationAnswers {
  readonly #analyses: TraceAnalyses;
  readonly #requests: Pick<RequestAnswers, 'traced'>;
  readonly #tracings: WorkloadTracings;
  readonly #now: () => number;

  static create(options: {
    analyses: TraceAnalyses;
    requests: Pick<RequestAnswers, 'traced'>;
    tracings: WorkloadTracings;
    now?: () => number;
  }): PropagationAnswers {
    return new PropagationAnswers(options);
  }

  private constructor(options: {
    analyses: TraceAnalyses;
    requests: Pick<RequestAnswers, 'traced'>;
    tracings: WorkloadTracings;
    now?: () => number;
  }) {
    this.#analyses = options.analyses;
    this.#requests = options.requests;
    this.#tracings = options.tracings;
    this.#now = options.now ?? Date.now;
  }

  async propagation(
    context: EntityContext,
    { sample, ...query }: z.output<typeof statisticsQuerySchema>,
  ): Promise<PropagationResponse> {
    const { lookbackMs } = jaegerDefaults(context.entity);
    const window = resolveWindow(query, this.#now(), lookbackMs);
    return {
      entityRef: context.entityRef,
      ...(await this.of(context, window, sample)),
    };
  }

  /**
   * Of a window, with the verdict on each workload.
   *
   * @throws as {@link TraceAnalyses.of}
   */
  async of(
    context: EntityContext,
    window: TimeWindow,
    sample?: SampleLevel,
  ): Promise<WindowPropagation> {
    const rates = await this.#rates(context, window);
    const found = await this.#analyses.of(context, window, {
      sample,
      withPropagation: rates,
    });
    const { analysis, coverage, store } = found;
    const propagation = analysis.propagation ?? nothingFound(rates);
    const { workloads, rows, leftOut, ...all } = propagation;
    return {
      store: store.name,
      ...window,
      traceCount: analysis.traceCount,
      ...(analysis.sample ? { sample: analysis.sample } : {}),
      all: withVerdict(all),
      workloads: context.match.workloads.map(workload => {
        const provider = this.#providerOf(workload, context);
        const evidence = workloads.find(isOf(workload));
        return {
          ...withVerdict(evidence ?? none(propagation.rates)),
          workload: toWorkloadRef(workload),
          provider: provider && { name: provider.name, kind: provider.kind },
          headers: requiredHeaders(provider?.kind),
        };
      }),
      rows,
      leftOut,
      coverage: publicCoverage(coverage),
    };
  }

  /**
   * How many of the requests are traced that arrive, as metrics tell, and of those
   * that start here, as the sampling in force says. Where one of them is not known,
   * it is taken to be as the other.
   */
  async #rates(
    context: EntityContext,
    window: TimeWindow,
  ): Promise<PropagationRates> {
    const percent = this.#tracings.samplingInForce(
      context.match.workloads,
      context.snapshots,
    );
    const startedShare = percent ? percent / 100 : undefined;
    const servedShare =
      (await this.#servedShare(context, window)) ?? startedShare;
    return {
      ...(servedShare === undefined ? {} : { servedShare }),
      ...(startedShare === undefined ? {} : { startedShare }),
    };
  }

  async #servedShare(
    context: EntityContext,
    window: TimeWindow,
  ): Promise<number | undefined> {
    try {
      const { share } = await this.#requests.traced(context, window);
      return share ? shareThatFits(share) : undefined;
    } catch {
      // Metrics that are away leave what the traces tell.
      context.signal?.throwIfAborted();
      return undefined;
    }
  }

  /** Of the outbound side, where calls are traced; else of the side that is. */
  #providerOf(
    workload: Workload,
    { snapshots }: EntityContext,
  ): TracingProvider | null {
    const { client, server } = this.#tracings.effective(
      workload,
      snapshots.find(({ cluster }) => cluster === workload.cluster),
    );
    return client?.provider.value ?? server?.provider.value ?? null;
  }
}

/** As configured, unless what was seen can't be that. */
function shareThatFits({
  configuredPercent: configured,
  seenPercent,
  lowPercent,
  highPercent,
}: TracedShare): number | undefined {
  const fits =
    configured !== null &&
    lowPercent <= configured &&
    configured <= highPercent;
  const percent = fits ? configured : seenPercent;
  return percent > 0 ? Math.min(100, percent) / 100 : undefined;
}

function isOf({ clusterId, namespace, name }: Workload) {
  return ({ workload }: WorkloadPropagation) =>
    workload.namespace === namespace &&
    workload.name === name &&
    (workload.clusterId === undefined || workload.clusterId === clusterId);
}

function withVerdict<T extends PropagationEvidence>(evidence: T) {
  const { verdict, code } = judgePropagationRung(evidence);
  return { ...evidence, verdict, code };
}

/** Nothing was found. */
function none(rates: PropagationRates): PropagationEvidence {
  return {
    callCount: 0,
    brokenCount: 0,
    share: null,
    shareBounds: { low: 0, high: 1 },
    requestIdLostCount: 0,
    otherCount: 0,
    kinds: [],
    servedCount: 0,
    readCallCount: 0,
    busyShare: 0,
    isProxyOnly: false,
    rates,
  };
}

/** No trace name of the entity is known to the store. */
function nothingFound(rates: PropagationRates): PropagationAnalysis {
  return {
    ...none(rates),
    workloads: [],
    rows: [],
    leftOut: { rowCount: 0, callCount: 0 },
  };
}
