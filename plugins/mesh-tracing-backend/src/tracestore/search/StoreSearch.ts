import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  compareNewestFirst,
  type InspectionRequest,
  mergeInspections,
  type SpanInspection,
  type TraceAnalysisRequest,
  type TraceQuery,
  type TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceAnalysisResult,
  TraceReadLimits,
  TraceReadOptions,
  TraceReadResult,
  TraceSearchResult,
} from 'backstage-plugin-mesh-tracing-node';
import type { StoreConnection } from '../connection/StoreConnection';
import type { StoreAbilities } from '../dialects/probeDialect';
import type {
  PageFacts,
  SummariesPage,
  TraceReader,
} from '../workers/TraceJob';
import { describePlan } from './describePlan';
import { executePlan, type PageClient } from './executePlan';
import { NarrowingWindow } from './walk/NarrowingWindow';
import { newestTraces } from './walk/newestTraces';
import { planSearch } from './planSearch';
import { reachOf } from './reachOf';
import { reviewOutcome } from './reviewOutcome';
import { coverageOf } from './searchCoverage';
import type { SearchOutcome } from './SearchOutcome';
import { SearchPages } from './SearchPages';
import type { SearchFacts, SearchLimits, SearchPlan } from './SearchPlan';
import { StoreKnowledge } from './StoreKnowledge';

const LIMITS: Omit<SearchLimits, 'form'> = {
  pageSizes: { summaries: 501, spans: 200 },
  pages: 24,
};

/**
 * Of one short part of a window: some more pages than one, where the store sends
 * traces in whatever order and the part must be cut until a piece is whole.
 */
const READ_LIMITS: typeof LIMITS = { ...LIMITS, pages: 8 };

/** What {@link StoreSearch} is made of. */
export interface StoreSearchOptions {
  /** Name of the store. */
  store: string;
  connection: StoreConnection;
  reader: TraceReader;
  logger: LoggerService;
  /** Milliseconds since the epoch; the clock of the machine when absent. */
  now?: () => number;
}

/** A plan that led to an answer, and what it found. */
interface Searched<P extends PageFacts> {
  plan: SearchPlan;
  outcome: SearchOutcome<P>;
}

/**
 * Searches of one store: plans, runs the plan, and judges how it went, until there
 * is an answer or nothing else to try.
 */
export class StoreSearch {
  readonly #connection: StoreConnection;
  readonly #reader: TraceReader;
  readonly #logger: LoggerService;
  readonly #pages: SearchPages;
  readonly #knowledge: StoreKnowledge;

  static create(options: StoreSearchOptions): StoreSearch {
    return new StoreSearch(options);
  }

  private constructor(options: StoreSearchOptions) {
    this.#connection = options.connection;
    this.#reader = options.reader;
    this.#logger = options.logger;
    this.#knowledge = StoreKnowledge.create(options.store, options.now);
    this.#pages = SearchPages.create({
      connection: options.connection,
      reader: options.reader,
      order: this.#knowledge.order,
    });
  }

  async search(
    query: TraceQuery,
    options: TraceReadOptions,
  ): Promise<TraceSearchResult> {
    const client = this.#pages.rows(options.caller);
    const windows = NarrowingWindow.of(query);
    for (;;) {
      const { plan, outcome } = await this.#answer(
        { ...query, ...windows.current },
        { ...LIMITS, form: 'rows' },
        client,
        options.signal,
      );
      const rows = rowsOf(outcome);
      const found = newestTraces(outcome, rows.keys(), query.limit);
      if (windows.mustNarrow(found, rows)) {
        continue;
      }
      const newest = windows.withRest(found);
      const returned = [...rows.values()]
        .filter(({ traceId }) => newest.traceIds.has(traceId))
        .sort(compareNewestFirst);
      return {
        traces: returned,
        coverage: coverageOf({ plan, outcome, newest, returned }),
      };
    }
  }

  async analyze(
    query: TraceQuery,
    request: TraceAnalysisRequest,
    options: TraceReadOptions,
  ): Promise<TraceAnalysisResult> {
    const { plan, outcome } = await this.#answer(
      query,
      { ...LIMITS, form: 'columns' },
      this.#pages.columns(options.caller),
      options.signal,
    );
    const tables = outcome.parts
      .flatMap(({ pages }) => pages)
      .flatMap(({ table }) => table ?? []);
    const { limit } = query;
    const newest = newestTraces(
      outcome,
      tables.flatMap(({ traceIds }) => traceIds),
      limit,
    );
    const { traceIds } = newest;
    const analysis = await this.#reader.analysis(
      { tables, traceIds, limit, request },
      options,
    );
    const returned = analysis.summaries;
    return {
      analysis,
      coverage: coverageOf({ plan, outcome, newest, returned }),
    };
  }

  /** The newest traces with their spans, and of which stretch none is missing. */
  async read(
    query: TraceQuery,
    { maxBytes = Infinity, ...options }: TraceReadLimits,
  ): Promise<TraceReadResult> {
    const columns = this.#pages.columns(options.caller);
    let byteCount = 0;
    const { outcome } = await this.#answer(
      query,
      { ...READ_LIMITS, form: 'columns' },
      {
        ...columns,
        isEnough: () => byteCount >= maxBytes,
        fetchPage: async (...asked) => {
          const page = await columns.fetchPage(...asked);
          byteCount += page.byteCount ?? 0;
          return page;
        },
      },
      options.signal,
    );
    const pages = outcome.parts.flatMap(part => part.pages);
    const { fetchedCount, belongingCount } = outcome;
    return {
      tables: pages.flatMap(({ table }) => table ?? []),
      reach: reachOf(query, outcome),
      byteCount,
      fetchedCount,
      belongingCount,
    };
  }

  /** What the spans of the newest traces are like. */
  async inspect(
    query: TraceQuery,
    request: InspectionRequest,
    options: TraceReadOptions,
  ): Promise<SpanInspection> {
    const { outcome } = await this.#answer(
      query,
      { ...READ_LIMITS, form: 'columns' },
      this.#pages.inspections(options.caller, request),
      options.signal,
    );
    const pages = outcome.parts.flatMap(part => part.pages);
    return {
      ...mergeInspections(pages.flatMap(({ inspection }) => inspection ?? [])),
      traceCount: outcome.matchedCount,
    };
  }

  /** The version is looked for only where it may make something be forgotten. */
  async #facts(abilities: StoreAbilities): Promise<SearchFacts> {
    const version = this.#knowledge.wantsVersion
      ? (await this.#connection.version()) ?? ''
      : undefined;
    return this.#knowledge.facts(abilities, version);
  }

  /** @throws the failure of the last plan; the reason of the signal */
  async #answer<P extends PageFacts>(
    query: TraceQuery,
    limits: SearchLimits,
    client: PageClient<P>,
    signal: AbortSignal | undefined,
  ): Promise<Searched<P>> {
    const { dialect } = this.#connection;
    let facts = await this.#facts(await dialect.abilities());
    let plan = planSearch(query, facts, limits);
    let mayLookAgain = true;
    for (;;) {
      this.#logger.debug(describePlan(plan));
      const { recovery } = this.#connection;
      const wasRecovering = recovery.isUnderWay;
      const outcome = await executePlan(plan, client, signal);
      outcome.isRecovering = wasRecovering || recovery.isUnderWay;
      const { lessons, next } = reviewOutcome(plan, outcome);
      this.#knowledge.learn(lessons);
      if (next?.reason === 'dialect-changed') {
        const changed = mayLookAgain
          ? await dialect.changedFrom(facts.abilities)
          : undefined;
        if (!changed) {
          throw outcome.failure;
        }
        mayLookAgain = false;
        facts = await this.#facts(changed);
      } else if (!next) {
        if (outcome.failure) {
          throw outcome.failure;
        }
        return { plan, outcome };
      }
      plan = planSearch(query, facts, limits, next);
    }
  }
}

/** The rows of all pages, each trace once. */
function rowsOf({
  parts,
}: SearchOutcome<SummariesPage>): Map<string, TraceSummary> {
  const rows = new Map<string, TraceSummary>();
  for (const { summaries } of parts.flatMap(({ pages }) => pages)) {
    summaries.forEach(row => rows.set(row.traceId, row));
  }
  return rows;
}
