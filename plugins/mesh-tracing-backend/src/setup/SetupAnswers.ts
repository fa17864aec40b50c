import {
  checkHealthChecks,
  checkRenamed,
  checkRetention,
  checkSamplingRate,
  checkSpanSize,
  checkTags,
  errorObjectiveOf,
  lacksOlderPart,
  sortSetupFindings,
  tailSamplingMends,
  type MeasuredRequests,
  type SetupFinding,
  type setupFindingsQuerySchema,
  type SetupFindingsResponse,
  type SpanInspection,
} from 'backstage-plugin-mesh-tracing-common';
import type { z } from 'zod';
import type { EntityContext } from '../shared/EntityContext';
import {
  jaegerDefaults,
  resolveWindow,
  type TimeWindow,
  type TraceAnalyses,
} from '../traces';
import type { WorkloadTracings } from '../tracing';
import type { TraceServiceNames } from '../workloads';
import {
  configurationFindings,
  type KnownTraffic,
  policyInput,
} from './configurationFindings';
import { olderTraces } from './olderTraces';
import { decidedElsewhere, oldestOf, trafficOf } from './seenTraffic';
import {
  SetupReads,
  unavailable,
  type Seen,
  type SetupPart,
} from './SetupReads';

/** What {@link SetupAnswers} is made of. */
export interface SetupAnswersOptions {
  names: TraceServiceNames;
  analyses: TraceAnalyses;
  tracings: WorkloadTracings;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** Answers `GET …/setup-findings`. */
export class SetupAnswers {
  readonly #options: SetupAnswersOptions;
  readonly #now: () => number;
  readonly #reads: SetupReads;

  static create(options: SetupAnswersOptions): SetupAnswers {
    return new SetupAnswers(options);
  }

  private constructor(options: SetupAnswersOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#reads = SetupReads.create(options);
  }

  /**
   * @param context - of the entity, whose sampling the caller may see
   * @param readable - the same, of what the caller may read traces of; undefined
   *   where that is nothing
   */
  async findings(
    context: EntityContext,
    readable: EntityContext | undefined,
    query: z.output<typeof setupFindingsQuerySchema>,
  ): Promise<SetupFindingsResponse> {
    const { lookbackMs } = jaegerDefaults(context.entity);
    const window = resolveWindow(query, this.#now(), lookbackMs);
    const { metadata } = context.entity;
    const objective =
      query.errorObjectivePercent ?? errorObjectiveOf(metadata.annotations);
    const parts: SetupPart[] = [];
    const seen = await this.#reads.read(readable, window, parts);
    const traffic = trafficOf(seen);
    const findings = [
      ...this.#ofConfiguration(context, traffic, parts),
      ...this.#ofRate(context, seen, { traffic, objective }),
      ...ofSpans(seen.inspection, window),
      ...(await this.#ofRetention(readable, seen, parts)),
    ];
    return {
      entityRef: context.entityRef,
      ...window,
      findings: sortSetupFindings(findings),
      parts,
      inspected: {
        traceCount: seen.inspection?.traceCount ?? 0,
        spanCount: seen.inspection?.spanCount ?? 0,
      },
      errorObjectivePercent: objective ?? null,
    };
  }

  #ofConfiguration(
    context: EntityContext,
    traffic: KnownTraffic,
    parts: SetupPart[],
  ): SetupFinding[] {
    const { match, snapshots } = context;
    parts.unshift({
      part: 'configuration',
      state: match.workloads.length > 0 ? 'checked' : 'nothing-there',
    });
    return match.workloads.flatMap(workload => {
      const snapshot = snapshots.find(
        ({ cluster }) => cluster === workload.cluster,
      );
      const effective = this.#options.tracings.effective(workload, snapshot);
      return snapshot
        ? configurationFindings(
            { workload, snapshot, effective },
            this.#now(),
            traffic,
          )
        : [];
    });
  }

  #ofRate(
    { match, snapshots }: EntityContext,
    { analysed, measured }: Seen,
    of: { traffic: KnownTraffic; objective: number | undefined },
  ): SetupFinding[] {
    const requestsPerSecond = measured?.overall?.callsPerSecond ?? 0;
    const inForce = this.#options.tracings.samplingInForce(
      match.workloads,
      snapshots,
    );
    const elsewhere = decidedElsewhere(analysed, requestsPerSecond);
    const samplingPercent = elsewhere ?? inForce;
    const [workload] = match.workloads;
    if (samplingPercent === null || !workload) {
      return [];
    }
    const finding = checkSamplingRate({
      samplingPercent,
      requestsPerSecond,
      errorObjectivePercent: of.objective,
      mends: tailSamplingMends(policyInput(workload, of.traffic)),
    });
    if (!finding || elsewhere === undefined) {
      return finding ? [finding] : [];
    }
    return [
      {
        ...finding,
        whatToDo: `${finding.whatToDo} Most of these requests arrive with a decision: change the percentage where they enter the mesh.`,
      },
    ];
  }

  async #ofRetention(
    readable: EntityContext | undefined,
    { analysed, measured }: Seen,
    parts: SetupPart[],
  ): Promise<SetupFinding[]> {
    const oldestTraceMs = analysed && oldestOf(analysed);
    if (!readable || !analysed || oldestTraceMs === undefined) {
      return [];
    }
    const found = { ...analysed.window, oldestTraceMs };
    if (!lacksOlderPart(found)) {
      return [];
    }
    try {
      const others = await olderTraces(readable, analysed, oldestTraceMs);
      const finding = checkRetention({
        ...found,
        others,
        expectedBefore: this.#expectedBefore(readable, measured, oldestTraceMs),
      });
      return finding ? [finding] : [];
    } catch (error) {
      readable.signal?.throwIfAborted();
      parts.push(unavailable('traces', error));
      return [];
    }
  }

  #expectedBefore(
    { match, snapshots }: EntityContext,
    measured: MeasuredRequests | undefined,
    oldestTraceMs: number,
  ): number {
    const { tracings } = this.#options;
    const percent = tracings.samplingInForce(match.workloads, snapshots) ?? 0;
    const { points = [], stepMs = 0 } = measured?.series ?? {};
    return points
      .filter(({ startMs }) => startMs + stepMs <= oldestTraceMs)
      .reduce(
        (sum, { callsPerSecond }) =>
          sum + ((callsPerSecond ?? 0) * stepMs * percent) / 100_000,
        0,
      );
  }
}

function ofSpans(
  inspection: SpanInspection | undefined,
  window: TimeWindow,
): SetupFinding[] {
  if (!inspection) {
    return [];
  }
  const { names } = inspection;
  return [
    ...checkTags(inspection),
    checkHealthChecks(inspection),
    checkSpanSize(inspection),
    checkRenamed({ ...window, names }),
  ].flatMap(finding => finding ?? []);
}
