import {
  matchesTraceDuration,
  type TraceQuery,
  type TraceSubject,
  type TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import {
  legacySearchPath,
  oldV3SearchPath,
  v3SearchPath,
  type SearchPage,
} from '../dialects/searchPath';
import { readSummaries } from '../dialects/readAnswers';
import { filtersToSend, type SearchMode } from './SearchMode';
import type { StoreConnection } from '../connection/StoreConnection';
import type {
  PageFacts,
  PageRequest,
  SummariesPage,
  TablePage,
  TraceReader,
} from '../workers/TraceJob';

const EMPTY_PAGE: PageFacts = { traceIds: [], newestFirst: true };

/** One page of one search. */
interface PageSearch {
  mode: SearchMode;
  query: TraceQuery;
  page: SearchPage;
  options: TraceReadOptions | undefined;
}

/** Searches of one store, one page at a time. */
export class TraceSearch {
  readonly #connection: StoreConnection;
  readonly #reader: TraceReader;

  static create(connection: StoreConnection, reader: TraceReader): TraceSearch {
    return new TraceSearch(connection, reader);
  }

  private constructor(connection: StoreConnection, reader: TraceReader) {
    this.#connection = connection;
    this.#reader = reader;
  }

  /** Rows of one page. The summaries API sends no spans, so that it is quick. */
  async summaries(
    mode: SearchMode,
    query: TraceQuery,
    page: SearchPage,
    options?: TraceReadOptions,
  ): Promise<SummariesPage> {
    if (needsSpans(mode) || !isOwnName(page.service, query.subject)) {
      return this.#readPage(
        { mode, query, page, options },
        request => this.#reader.summaries(request, options),
        { summaries: [], ...EMPTY_PAGE },
      );
    }
    const filters = filtersToSend(mode, query);
    const path = v3SearchPath('trace-summaries', page, filters);
    const all = readSummaries(await this.#connection.getJson(path, options));
    return {
      summaries: all.filter(
        row =>
          matchesTraceDuration(row.durationUs, query) &&
          (!query.errorsOnly || hasErrorOf(row, page.service)),
      ),
      ...factsOfRows(all),
    };
  }

  /** Spans of one page, in columns. */
  async table(
    mode: SearchMode,
    query: TraceQuery,
    page: SearchPage,
    options?: TraceReadOptions,
  ): Promise<TablePage> {
    return this.#readPage(
      { mode, query, page, options },
      request => this.#reader.table(request, options),
      EMPTY_PAGE,
    );
  }

  async #readPage<P>(
    { mode, query, page, options }: PageSearch,
    read: (request: PageRequest) => Promise<P>,
    noMatch: P,
  ): Promise<P> {
    const path = tracesPath(mode, query, page);
    const answer = await this.#connection.get(path, options);
    if (answer.outcome !== 'ok') {
      return noMatch;
    }
    return this.#connection.readStream(path, () =>
      read({
        body: answer.body,
        format: mode.abilities.search === 'legacy' ? 'jaeger' : 'otlp',
        filter: { ...query, services: [page.service] },
        filterAttributes:
          mode.withheld.has('attributes') &&
          Object.keys(query.attributes ?? {}).length > 0,
      }),
    );
  }
}

/** Whether rows must be made from spans: the dialect has no rows, or they do not tell enough. */
export function needsSpans({ abilities, withheld }: SearchMode): boolean {
  return (
    abilities.search !== 'summaries' ||
    withheld.has('span kind') ||
    withheld.has('span duration') ||
    withheld.has('attributes')
  );
}

/**
 * Whether spans under this service name are the subject's without looking at
 * them: it ends with the subject's namespace, as the names that Istio computes
 * do, and no other cluster has a service of that name. A subject without
 * workloads is told by its names anyway.
 */
export function isOwnName(
  service: string,
  subject: TraceSubject | undefined,
): boolean {
  return (
    !subject ||
    subject.workloads.length === 0 ||
    (!subject.namesShared &&
      subject.workloads.some(({ namespace }) =>
        service.endsWith(`.${namespace}`),
      ))
  );
}

function tracesPath(
  mode: SearchMode,
  query: TraceQuery,
  page: SearchPage,
): string {
  const filters = filtersToSend(mode, query);
  switch (mode.abilities.search) {
    case 'summaries':
      return v3SearchPath('traces', page, filters);
    case 'v3':
      return oldV3SearchPath(page, filters);
    default:
      return legacySearchPath(page, filters);
  }
}

function hasErrorOf(row: TraceSummary, service: string): boolean {
  return row.services.some(
    ({ name, errorSpanCount }) => name === service && errorSpanCount > 0,
  );
}

/** As for pages with spans: a row may not start after one before it has ended. */
function factsOfRows(rows: TraceSummary[]): PageFacts {
  let oldest = Infinity;
  let earliestEnd = Infinity;
  let newestFirst = true;
  for (const row of rows) {
    oldest = Math.min(oldest, row.startTimeMs);
    newestFirst = newestFirst && row.startTimeMs <= earliestEnd;
    earliestEnd = Math.min(
      earliestEnd,
      row.startTimeMs + row.durationUs / 1000,
    );
  }
  return {
    traceIds: rows.map(row => row.traceId),
    ...(rows.length > 0 ? { oldestStartTimeMs: oldest } : {}),
    newestFirst,
  };
}
