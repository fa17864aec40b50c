import { ResponseTooLargeError } from '../http/ResponseTooLargeError';
import { problemIn, storeError } from '../problems/StoreError';
import type { PageFacts } from '../workers/TraceJob';
import { SeenTraces } from './SeenTraces';
import type { SearchedPart, SearchOutcome } from './SearchOutcome';
import type { PlannedSource, SearchPlan, TimeSlice } from './SearchPlan';
import { walkSearch } from './walk/walkSearch';

/** One request: a source, a part of a slice, and how many traces. */
export interface PlannedRequest extends PlannedSource, TimeSlice {
  limit: number;
}

/** What a plan is run with. */
export interface PageClient<P extends PageFacts> {
  /** @throws ResponseTooLargeError; a StoreError; the reason of the signal */
  fetchPage(
    plan: SearchPlan,
    request: PlannedRequest,
    signal: AbortSignal | undefined,
  ): Promise<P>;
  /** Whether what came is as much as may be read; it is not when absent. */
  isEnough?(): boolean;
  /** Ids of the traces of a page that pass all filters. */
  matchedIds(page: P): readonly string[];
  /**
   * Whether a full page, whose traces are in an order of time, is of the newest of
   * what was asked for; it is when absent.
   */
  isOfNewest?(
    plan: SearchPlan,
    request: PlannedRequest,
    page: P,
    signal: AbortSignal | undefined,
  ): Promise<boolean>;
  /**
   * Whether the store may have left traces out of a page that is not full; it may
   * when absent.
   */
  mayHideTraces?(
    plan: SearchPlan,
    request: PlannedRequest,
    page: P,
    signal: AbortSignal | undefined,
  ): Promise<boolean>;
}

/**
 * Parts of a plan that are searched at once. Requests of a caller wait in line at
 * the store, which turns the caller away when the line is long: a plan of many
 * slices and names may not fill it.
 */
const PARTS_AT_ONCE = 24;

/**
 * Runs a plan: each source in each slice, some side by side, in the order of the
 * plan, within the bounds of the client. A part that fails is reported beside the
 * others.
 *
 * @throws the reason of the signal, which is looked at between pages and handed to
 *   each
 */
export async function executePlan<P extends PageFacts>(
  plan: SearchPlan,
  client: PageClient<P>,
  signal?: AbortSignal,
): Promise<SearchOutcome<P>> {
  const traces = new SeenTraces();
  const searches = plan.slices.flatMap(slice =>
    plan.sources.map(
      source => () =>
        searchPart({ plan, slice, source, client, traces, signal }),
    ),
  );
  const parts = await someAtOnce(searches, PARTS_AT_ONCE);
  signal?.throwIfAborted();
  return { parts, ...traces.counts(), ...failureOf(parts) };
}

/** @returns what each answered, in the order given */
async function someAtOnce<T>(
  works: Array<() => Promise<T>>,
  most: number,
): Promise<T[]> {
  const answers = new Array<T>(works.length);
  const rest = works.entries();
  const workThrough = async () => {
    for (const [i, work] of rest) {
      answers[i] = await work();
    }
  };
  await Promise.all(
    Array.from({ length: Math.min(most, works.length) }, workThrough),
  );
  return answers;
}

interface PartSearch<P extends PageFacts> {
  plan: SearchPlan;
  slice: TimeSlice;
  source: PlannedSource;
  client: PageClient<P>;
  traces: SeenTraces;
  signal: AbortSignal | undefined;
}

async function searchPart<P extends PageFacts>({
  plan,
  slice,
  source,
  client,
  traces,
  signal,
}: PartSearch<P>): Promise<SearchedPart<P>> {
  const part: SearchedPart<P> = {
    service: source.service,
    slice,
    pages: [],
    complete: false,
    isCrowded: false,
    latestUs: new Map(),
  };
  try {
    const walk = await walkSearch<P>({
      ...slice,
      wanted: plan.pages.wanted,
      pageSize: plan.pages.size,
      largestPage: plan.pages.largest,
      maxPages: plan.pages.most,
      signal,
      isEnough: () => client.isEnough?.() ?? false,
      fetchPage: (within, limit) =>
        client.fetchPage(plan, { ...source, ...within, limit }, signal),
      isOfNewest: async (within, page) =>
        client.isOfNewest?.(
          plan,
          { ...source, ...within, limit: page.traceIds.length },
          page,
          signal,
        ) ?? true,
      mayHideTraces: async (within, page) =>
        client.mayHideTraces?.(
          plan,
          { ...source, ...within, limit: page.traceIds.length },
          page,
          signal,
        ) ?? true,
      accept: page => {
        const matchedIds = client.matchedIds(page);
        part.pages.push(page);
        traces.add(page, matchedIds);
        return matchedIds;
      },
      learnPageSize: pageSize => {
        part.acceptedPageSize = pageSize;
      },
    });
    return { ...part, ...walk };
  } catch (error) {
    return { ...part, error: explain(plan.store, error) };
  }
}

function explain(store: string, reason: unknown): Error {
  if (reason instanceof ResponseTooLargeError) {
    return storeError(store, { code: 'answer-too-large' });
  }
  return reason instanceof Error ? reason : new Error(String(reason));
}

function failureOf(parts: ReadonlyArray<SearchedPart<PageFacts>>): {
  failure?: Error;
} {
  const errors = parts.flatMap(({ error }) => error ?? []);
  const decisive = errors.find(asksForAnotherPlan);
  const failure =
    decisive ?? (errors.length === parts.length ? errors[0] : undefined);
  return failure ? { failure } : {};
}

function asksForAnotherPlan(error: Error): boolean {
  return (
    problemIn(error, 'unexpected-answer') !== undefined ||
    problemIn(error, 'unsupported-combination') !== undefined
  );
}
