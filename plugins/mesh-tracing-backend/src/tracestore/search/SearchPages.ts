import {
  type InspectionRequest,
  matchesTraceDuration,
  type TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import type { StoreConnection } from '../connection/StoreConnection';
import { readSummaries } from '../dialects/readAnswers';
import {
  legacySearchPath,
  oldV3SearchPath,
  v3SearchPath,
} from '../dialects/searchPath';
import type {
  InspectedPage,
  PageFacts,
  PageRequest,
  SummariesPage,
  TablePage,
  TraceReader,
} from '../workers/TraceJob';
import type { PageClient, PlannedRequest } from './executePlan';
import { valuesOf } from './searchFilters';
import type { SearchPlan } from './SearchPlan';
import type { TimeOrder } from './walk/TimeOrder';

const EMPTY_PAGE: PageFacts = {
  traceIds: [],
  foundSpanCount: 0,
  times: { startUs: [], endUs: [], matchUs: [] },
};

/** What {@link SearchPages} is made of. */
export interface SearchPagesOptions {
  connection: StoreConnection;
  reader: TraceReader;
  order: TimeOrder;
}

/** The pages of one store's searches, in the two forms that plans have. */
export class SearchPages {
  readonly #connection: StoreConnection;
  readonly #reader: TraceReader;
  readonly #order: TimeOrder;

  static create(options: SearchPagesOptions): SearchPages {
    return new SearchPages(options);
  }

  private constructor({ connection, reader, order }: SearchPagesOptions) {
    this.#connection = connection;
    this.#reader = reader;
    this.#order = order;
  }

  /** Rows; those that the store has ready made come without spans and are quick. */
  rows(caller: string | undefined): PageClient<SummariesPage> {
    return this.#inOrder<SummariesPage>({
      fetchPage: async (plan, request, signal) => {
        const options = { caller, signal };
        return request.resource === 'summaries'
          ? this.#readRows(plan, request, options)
          : this.#readSpans(plan, request, options, {
              read: page => this.#reader.summaries(page, options),
              noMatch: { summaries: [], ...EMPTY_PAGE },
            });
      },
      matchedIds: ({ summaries }) => summaries.map(({ traceId }) => traceId),
    });
  }

  /** Spans in columns. */
  columns(caller: string | undefined): PageClient<TablePage> {
    return this.#inOrder<TablePage>({
      fetchPage: async (plan, request, signal) => {
        const options = { caller, signal };
        return this.#readSpans(plan, request, options, {
          read: async page => {
            // Read before: the body moves into a thread.
            const byteCount = page.body.length;
            return { ...(await this.#reader.table(page, options)), byteCount };
          },
          noMatch: EMPTY_PAGE,
        });
      },
      matchedIds: ({ table }) => table?.traceIds ?? [],
    });
  }

  /** What the spans are like, without the spans. */
  inspections(
    caller: string | undefined,
    inspection: InspectionRequest,
  ): PageClient<InspectedPage> {
    return this.#inOrder<InspectedPage>({
      fetchPage: async (plan, request, signal) => {
        const options = { caller, signal };
        return this.#readSpans(plan, request, options, {
          read: page =>
            this.#reader.inspection({ ...page, inspection }, options),
          noMatch: { matchedIds: [], ...EMPTY_PAGE },
        });
      },
      matchedIds: ({ matchedIds }) => matchedIds,
    });
  }

  #inOrder<P extends PageFacts>(client: PageClient<P>): PageClient<P> {
    return {
      ...client,
      fetchPage: async (...asked) => {
        const page = await client.fetchPage(...asked);
        this.#order.look(page);
        return page;
      },
      mayHideTraces: async (plan, request, page, signal) =>
        this.#order.mayReadAhead({
          slice: request,
          page,
          ask: async (slice, limit) =>
            client.fetchPage(plan, { ...request, ...slice, limit }, signal),
        }),
      isOfNewest: async (plan, request, page, signal) =>
        this.#order.isOfNewest({
          slice: request,
          page,
          ask: async (slice, limit) =>
            client.fetchPage(plan, { ...request, ...slice, limit }, signal),
        }),
    };
  }

  async #readRows(
    { query, pushed }: SearchPlan,
    request: PlannedRequest,
    options: TraceReadOptions,
  ): Promise<SummariesPage> {
    const filters = valuesOf(query, pushed);
    const path = v3SearchPath('trace-summaries', request, filters);
    const { summaries, times } = readSummaries(
      await this.#connection.getJson(path, options),
    );
    return {
      summaries: summaries.filter(
        row =>
          matchesTraceDuration(row.durationUs, query) &&
          (!query.errorsOnly || hasErrorOf(row, request.service)),
      ),
      traceIds: summaries.map(({ traceId }) => traceId),
      foundSpanCount: summaries
        .flatMap(({ services }) => services)
        .filter(({ name }) => name === request.service)
        .reduce((sum, { spanCount }) => sum + spanCount, 0),
      times,
    };
  }

  async #readSpans<P>(
    plan: SearchPlan,
    request: PlannedRequest,
    options: TraceReadOptions,
    { read, noMatch }: { read(page: PageRequest): Promise<P>; noMatch: P },
  ): Promise<P> {
    const path = tracesPath(plan, request);
    const answer = await this.#connection.get(path, options);
    if (answer.outcome !== 'ok') {
      return noMatch;
    }
    return this.#connection.readStream(path, () =>
      read({
        body: answer.body,
        format: plan.dialect === 'legacy' ? 'jaeger' : 'otlp',
        filter: {
          ...plan.query,
          services: [request.service],
          startTimeMs: request.startTimeMs,
          endTimeMs: request.endTimeMs,
        },
        filterAttributes: plan.kept.includes('attributes'),
      }),
    );
  }
}

function tracesPath(
  { dialect, query, pushed }: SearchPlan,
  request: PlannedRequest,
): string {
  const filters = valuesOf(query, pushed);
  switch (dialect) {
    case 'summaries':
      return v3SearchPath('traces', request, filters);
    case 'v3':
      return oldV3SearchPath(request, filters);
    default:
      return legacySearchPath(request, filters);
  }
}

function hasErrorOf(row: TraceSummary, service: string): boolean {
  return row.services.some(
    ({ name, errorSpanCount }) => name === service && errorSpanCount > 0,
  );
}
