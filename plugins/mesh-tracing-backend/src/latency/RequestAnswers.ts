import {
  tracedShare,
  tracedShareFinding,
  type MeasuredRequests,
  type RequestsResponse,
  type TracedRequestsResponse,
  type TracedShareInput,
  type windowQuerySchema,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceStore } from 'backstage-plugin-mesh-tracing-node';
import type { z } from 'zod';
import type { EntityContext } from '../shared/EntityContext';
import { errorText } from '../shared/errorText';
import { sanitizeMessage } from '../shared/sanitizeMessage';
import {
  type EntityAnalysis,
  jaegerDefaults,
  resolveWindow,
  type TimeWindow,
  type TraceAnalyses,
} from '../traces';
import type { WorkloadTracings } from '../tracing';
import { namedEntity, type TraceServiceNames } from '../workloads';
import { measureEntity } from './measureEntity';

/**
 * Traced requests for each request: from here on metrics lack a part of the window,
 * as those of a Prometheus that was started in it.
 */
const MOST_TRACED = 1.5;
/** What counters are taken to stand still for, where the source does not tell. */
const ASSUMED_RESOLUTION_MS = 60_000;

type Query = z.output<typeof windowQuerySchema>;
type NoShare = Pick<TracedRequestsResponse, 'share' | 'reason' | 'findings'>;

/** Whom the metrics of a window are asked about, and where. */
interface Question {
  store: TraceStore;
  services: string[];
  window: TimeWindow;
}

/** Answers `GET …/requests` and `GET …/requests/traced`. */
export class RequestAnswers {
  readonly #names: TraceServiceNames;
  readonly #analyses: TraceAnalyses;
  readonly #tracings: WorkloadTracings;
  readonly #now: () => number;

  static create(options: {
    names: TraceServiceNames;
    analyses: TraceAnalyses;
    tracings: WorkloadTracings;
    now?: () => number;
  }): RequestAnswers {
    return new RequestAnswers(options);
  }

  private constructor(options: {
    names: TraceServiceNames;
    analyses: TraceAnalyses;
    tracings: WorkloadTracings;
    now?: () => number;
  }) {
    this.#names = options.names;
    this.#analyses = options.analyses;
    this.#tracings = options.tracings;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Figures from metrics alone: no trace is read, so that they come at once, and
   * where the store of traces is away too.
   */
  async requests(
    context: EntityContext,
    query: Query,
  ): Promise<RequestsResponse> {
    const question = this.#question(context, query);
    const answer = {
      entityRef: context.entityRef,
      store: question.store.name,
      ...question.window,
    };
    try {
      const measured = await measureEntity(question.store, context, question);
      return { ...answer, requests: measured ?? null };
    } catch (error) {
      context.signal?.throwIfAborted();
      const problem = sanitizeMessage(errorText(error));
      return { ...answer, requests: null, problem };
    }
  }

  /** How large a share of the requests was traced, from traces and metrics. */
  async traced(
    context: EntityContext,
    query: Query,
  ): Promise<TracedRequestsResponse> {
    const question = this.#question(context, query);
    return {
      entityRef: context.entityRef,
      store: question.store.name,
      ...question.window,
      ...(await this.#share(context, question)),
    };
  }

  async #share(context: EntityContext, question: Question): Promise<NoShare> {
    const { store } = question;
    if (!store.measureRequests && !store.requestMetrics) {
      return none('no-metrics');
    }
    if (store.requestSource?.counts === 'traced-requests') {
      return none('counts-traced-requests');
    }
    const [analysed, whole] = await Promise.all([
      this.#analyses.of(context, question.window, { sample: 'quick' }),
      measureEntity(store, context, question),
    ]);
    if (!whole?.overall) {
      return none('no-metrics');
    }
    const stretch = stretchOf(analysed, this.#now());
    if (!stretch) {
      return none('too-short');
    }
    const measured =
      stretch.startTimeMs === question.window.startTimeMs
        ? whole
        : await measureEntity(store, context, { ...question, window: stretch });
    const input = shareInput(analysed, {
      measured: measured ?? whole,
      resolutionMs: whole.resolutionMs ?? ASSUMED_RESOLUTION_MS,
      windowMs: stretch.endTimeMs - stretch.startTimeMs,
      configuredPercent: this.#tracings.samplingInForce(
        context.match.workloads,
        context.snapshots,
      ),
    });
    const share = tracedShare(input);
    if (share && share.tracedCount > MOST_TRACED * share.requestCount) {
      return none('metrics-incomplete');
    }
    const finding = tracedShareFinding(input);
    return share
      ? { share, findings: finding ? [finding] : [] }
      : none('too-short');
  }

  #question(context: EntityContext, query: Query): Question {
    const { lookbackMs } = jaegerDefaults(context.entity);
    const subject = namedEntity(context);
    return {
      store: this.#names.storeOf(subject),
      services: this.#names.candidates(subject).map(({ name }) => name),
      window: resolveWindow(query, this.#now(), lookbackMs),
    };
  }
}

function none(reason: NonNullable<NoShare['reason']>): NoShare {
  return { share: null, reason, findings: [] };
}

/**
 * The part of the window that the traces tell of: all of it where its slices were
 * sampled, else back to the oldest trace that was read. Undefined where parts of it
 * are not known, since names or slices could not be searched.
 */
function stretchOf(
  { analysis, coverage, window }: EntityAnalysis,
  nowMs: number,
): TimeWindow | undefined {
  const endTimeMs = Math.min(window.endTimeMs, nowMs);
  const isWhole = coverage.complete || analysis.sample !== undefined;
  const startTimeMs = isWhole ? window.startTimeMs : coverage.oldestStartTimeMs;
  return coverage.failures.length > 0 ||
    (analysis.sample?.unreadSliceCount ?? 0) > 0 ||
    startTimeMs === undefined ||
    startTimeMs >= endTimeMs
    ? undefined
    : { startTimeMs: Math.floor(startTimeMs), endTimeMs };
}

function shareInput(
  { analysis }: EntityAnalysis,
  of: Pick<
    TracedShareInput,
    'windowMs' | 'resolutionMs' | 'configuredPercent'
  > & { measured: MeasuredRequests },
): TracedShareInput {
  const { measured, ...rest } = of;
  const rate = measured.overall?.callsPerSecond ?? 0;
  const { overall } = analysis.latency;
  const { sample } = analysis;
  return {
    ...rest,
    tracedCount: overall?.count ?? 0,
    ...(overall?.estimate && sample
      ? {
          tracedBounds: overall.estimate.count,
          requestsPerTrace:
            overall.estimate.sampleCount / Math.max(1, sample.readTraceCount),
        }
      : {}),
    traceCount: analysis.subjectTraceCount,
    rootedTraceCount: analysis.rootedTraceCount,
    requestCount: (rate * rest.windowMs) / 1000,
  };
}
