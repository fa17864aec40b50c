import type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';
import type { TraceCoverage } from 'backstage-plugin-mesh-tracing-node';
import type { SearchPage } from '../dialects/searchPath';
import { ResponseTooLargeError } from '../http/ResponseTooLargeError';
import { filtersAppliedHere, type SearchMode } from './SearchMode';
import { problemIn, storeError } from '../problems/StoreError';
import { walkSearch, type WalkResult } from './walkSearch';
import type { PageFacts } from '../workers/TraceJob';

/** Requests that one search may make for one service name. */
const MAX_PAGES = 24;

/** A search over all service names of a query. */
export interface ServicesSearch<P extends PageFacts> {
  store: string;
  query: TraceQuery;
  mode: SearchMode;
  pageSize: number;
  fetchPage(page: SearchPage): Promise<P>;
  /** Takes a page in; returns how many matching traces it added. */
  accept(page: P): number;
  learnPageSize(pageSize: number): void;
}

/** How a search over several names went. */
export interface ServicesSearchResult {
  complete: boolean;
  fetchedCount: number;
  /** Of these, those of the query's subject; absent where names alone tell. */
  belongingCount?: number;
  failures: TraceCoverage['failures'];
  filteredHere: string[];
  /** Before this, some name was not searched; milliseconds since the epoch. */
  searchedBackToMs?: number;
}

/**
 * Searches each service name of a query, side by side. A name that fails is
 * reported beside the results of the others.
 *
 * @throws the first failure when all names fail; `unexpected-answer` and
 *   `unsupported-combination` always, since asking otherwise may help
 */
export async function searchServices<P extends PageFacts>(
  search: ServicesSearch<P>,
): Promise<ServicesSearchResult> {
  const { query, mode, store } = search;
  const fetched = new Set<string>();
  const belonging = new Set<string>();
  let wereChecked = false;
  const services = [...new Set(query.services)];
  const results = await Promise.allSettled(
    services.map(service =>
      walkSearch<P>({
        startTimeMs: query.startTimeMs,
        endTimeMs: query.endTimeMs,
        wanted: query.limit,
        pageSize: search.pageSize,
        maxPages: MAX_PAGES,
        learnPageSize: pageSize => search.learnPageSize(pageSize),
        fetchPage: (slice, limit) =>
          search.fetchPage({ service, ...slice, limit }),
        accept: page => {
          page.traceIds.forEach(id => fetched.add(id));
          (page.belongingIds ?? page.traceIds).forEach(id => belonging.add(id));
          wereChecked = wereChecked || page.belongingIds !== undefined;
          return search.accept(page);
        },
      }),
    ),
  );
  const failures = results.flatMap((result, index) =>
    result.status === 'rejected'
      ? [
          {
            service: services[index] ?? '',
            error: explain(store, result.reason),
          },
        ]
      : [],
  );
  const [first] = failures;
  const decisive = failures.find(({ error }) => asksForAnotherWay(error));
  if (first && (decisive || failures.length === services.length)) {
    throw (decisive ?? first).error;
  }
  const walks = results.flatMap(result =>
    result.status === 'fulfilled' ? [result.value] : [],
  );
  return {
    complete: failures.length === 0 && walks.every(walk => walk.complete),
    fetchedCount: fetched.size,
    failures: failures.map(({ service, error }) => ({
      service,
      message: error.message,
    })),
    ...(wereChecked ? { belongingCount: belonging.size } : {}),
    filteredHere: [
      ...filtersAppliedHere(mode, query),
      ...(belonging.size < fetched.size ? ['workload'] : []),
    ],
    ...searchedBackTo(walks),
  };
}

function asksForAnotherWay(error: Error): boolean {
  return (
    problemIn(error, 'unexpected-answer') !== undefined ||
    problemIn(error, 'unsupported-combination') !== undefined
  );
}

function explain(store: string, reason: unknown): Error {
  if (reason instanceof ResponseTooLargeError) {
    return storeError(store, { code: 'answer-too-large' });
  }
  return reason instanceof Error ? reason : new Error(String(reason));
}

function searchedBackTo(walks: WalkResult[]): { searchedBackToMs?: number } {
  const cut = walks.flatMap(walk =>
    walk.searchedBackToMs === undefined ? [] : [walk.searchedBackToMs],
  );
  return cut.length > 0 ? { searchedBackToMs: Math.max(...cut) } : {};
}
