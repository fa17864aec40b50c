import {
  buildTraceReport,
  collectErrors,
  spanBelongsTo,
  type ReportedError,
  type TraceReport,
  type TraceSummary,
  type statisticsQuerySchema,
} from 'backstage-plugin-mesh-tracing-common';
import pLimit from 'p-limit';
import type { z } from 'zod';
import { ownersOf } from '../shared/ownersOf';
import type { EntityAccess } from '../access';
import type { EntityContext } from '../shared/EntityContext';
import { describeCoverage } from './describeCoverage';
import {
  type EntityAnalysis,
  type ForeignSpans,
  jaegerDefaults,
  publicCoverage,
  resolveWindow,
  subjectOf,
  type TraceAnalyses,
} from '../traces';
import { readOptionsOf } from '../tracestore';
import { reportedTracing } from './reportedTracing';
import type { WorkloadTracings } from '../tracing';

/** Failed traces that are read for what went wrong in them. */
const FAILED_TRACES = 50;
const TRACES_AT_ONCE = 4;
/** No further traces are read after this. */
const ERRORS_BUDGET_MS = 15_000;
const MAX_ERRORS = 500;

/** What {@link ReportAnswers} is made of. */
export interface ReportAnswersOptions {
  analyses: TraceAnalyses;
  tracings: WorkloadTracings;
  foreign: ForeignSpans;
  access: Pick<EntityAccess, 'mayReadSampling'>;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** Answers `GET …/report`. */
export class ReportAnswers {
  readonly #options: ReportAnswersOptions;
  readonly #now: () => number;

  static create(options: ReportAnswersOptions): ReportAnswers {
    return new ReportAnswers(options);
  }

  private constructor(options: ReportAnswersOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  async report(
    context: EntityContext,
    { sample, ...query }: z.output<typeof statisticsQuerySchema>,
  ): Promise<TraceReport> {
    const { access, analyses, tracings } = this.#options;
    const { lookbackMs } = jaegerDefaults(context.entity);
    const nowMs = this.#now();
    const window = resolveWindow(query, nowMs, lookbackMs);
    const [found, maySeeTracing] = await Promise.all([
      analyses.of(context, window, { withSpanFigures: true, sample }),
      access.mayReadSampling(context),
    ]);
    const current = await this.#shown(context, found);
    const { errors, remark } = await this.#errors(context, current);
    const coverage = describeCoverage(
      publicCoverage(current.coverage),
      current.analysis.sample,
    );
    const { entity, entityRef, match, snapshots } = context;
    return buildTraceReport({
      entityRef,
      owners: ownersOf(entity),
      links: (entity.metadata.links ?? []).map(({ url, title }) => ({
        url,
        ...(title ? { title } : {}),
      })),
      store: current.store.name,
      generatedAt: new Date(nowMs).toISOString(),
      ...window,
      analysis: current.analysis,
      coverage: remark ? `${coverage} ${remark}` : coverage,
      samplingPercent: tracings.samplingInForce(match.workloads, snapshots),
      errors,
      tracing: maySeeTracing ? reportedTracing(context, tracings) : null,
    });
  }

  /** The analysis without what the caller may not read of other entities. */
  async #shown(
    context: EntityContext,
    found: EntityAnalysis,
  ): Promise<EntityAnalysis> {
    const { foreign } = this.#options;
    const { services, analysis } = found;
    const { summaries, dependencies, spanFigures } = analysis;
    return {
      ...found,
      analysis: {
        ...analysis,
        summaries: await foreign.redactSummaries(context, services, summaries),
        dependencies: await foreign.redactGraph(context, dependencies),
        ...(spanFigures && {
          spanFigures: await foreign.redactFigures(
            context,
            services,
            spanFigures,
          ),
        }),
      },
    };
  }

  /**
   * Messages are not part of an analysis, so that the failed traces are read
   * once more, within bounds: those in which the entity failed come first, and
   * the newest of them.
   */
  async #errors(
    context: EntityContext,
    from: EntityAnalysis,
  ): Promise<{ errors: ReportedError[]; remark?: string }> {
    const { analysis, services } = from;
    const failed = analysis.summaries.filter(
      ({ errorSpanCount }) => errorSpanCount > 0,
    );
    const isOwn = (row: TraceSummary) =>
      row.services.some(
        ({ name, errorSpanCount }) =>
          errorSpanCount > 0 && services.includes(name),
      );
    const nearestFirst = [
      ...failed.filter(isOwn),
      ...failed.filter(row => !isOwn(row)),
    ];
    const deadlineMs = this.#now() + ERRORS_BUDGET_MS;
    const limit = pLimit(TRACES_AT_ONCE);
    let readCount = 0;
    const found = await Promise.all(
      nearestFirst.slice(0, FAILED_TRACES).map(({ traceId }) =>
        limit(async () => {
          if (this.#now() > deadlineMs || context.signal?.aborted) {
            return [];
          }
          try {
            const listed = await this.#errorsOf(context, from, traceId);
            readCount += 1;
            return listed;
          } catch {
            return [];
          }
        }),
      ),
    );
    const errors = found.flat().sort((a, b) => b.timeMs - a.timeMs);
    const isCut = readCount < failed.length || errors.length > MAX_ERRORS;
    return {
      errors: errors.slice(0, MAX_ERRORS),
      ...(isCut
        ? {
            remark: `Errors are listed of ${readCount} of ${failed.length} failed traces, at most ${MAX_ERRORS}.`,
          }
        : {}),
    };
  }

  async #errorsOf(
    context: EntityContext,
    { services, store, window }: EntityAnalysis,
    traceId: string,
  ): Promise<ReportedError[]> {
    const subject = subjectOf(context, services);
    const trace = await store.trace(traceId, window, readOptionsOf(context));
    if (!trace) {
      return [];
    }
    const ownSpanIds = trace.spans
      .filter(span => spanBelongsTo(span, subject))
      .map(({ spanId }) => spanId);
    const shown = await this.#options.foreign.redactTrace(
      context,
      trace,
      ownSpanIds,
    );
    return collectErrors([shown], subject);
  }
}
