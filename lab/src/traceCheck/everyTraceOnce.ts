import assert from 'node:assert/strict';
import type {
  JaegerDialect,
  JaegerTraceStore,
} from 'backstage-plugin-mesh-tracing-backend/src/tracestore';
import type { TraceSearchResult } from 'backstage-plugin-mesh-tracing-node';
import { waitUntil } from '../lifecycle/componentProcess';
import type { CheckList } from '../checks/CheckList';
import { httpGet } from '../process/httpGet';
import { SpanSender } from '../traffic/otlp/SpanSender';
import { makePagedTraces, type PagedTraces } from './pagedTraces';

const HOUR_MS = 3_600_000;
const MAX_PAGES = 200;
const TIMEOUT_MS = 30_000;
/** More than a service of the paged traces has. */
const ALL = 2_000;
const DIALECTS = ['legacy', 'v3'] as const;

/** A real Jaeger that is to give every trace of a window. */
export interface PagedStore {
  checks: CheckList;
  /** What storage Jaeger has, for the report. */
  storage: string;
  /** OTLP over HTTP, in turn. */
  collectors: string[];
  /** Jaeger's query API. */
  jaegerQuery: string;
  storeOf(dialect: JaegerDialect): JaegerTraceStore;
}

interface Window {
  startTimeMs: number;
  endTimeMs: number;
}

/** Settles when Jaeger itself, not asked through the product, has all of them. */
async function waitForTraces(
  jaegerQuery: string,
  { batches, service }: PagedTraces,
  { startTimeMs, endTimeMs }: Window,
): Promise<void> {
  const query = new URLSearchParams({
    service,
    start: String(startTimeMs * 1000),
    end: String(endTimeMs * 1000),
    limit: String(ALL),
  });
  const wanted = batches.flat(2).length;
  await waitUntil(
    `Jaeger to have all traces of ${service}`,
    async () => {
      const { body } = await httpGet(
        `${jaegerQuery}/api/traces?${query}`,
        TIMEOUT_MS,
      );
      const { data } = JSON.parse(body) as { data: Array<{ spans: [] }> };
      return data.reduce((sum, { spans }) => sum + spans.length, 0) === wanted;
    },
    undefined,
    60_000,
  );
}

async function storeAll(
  { collectors, jaegerQuery }: PagedStore,
  all: PagedTraces[],
  window: Window,
): Promise<string> {
  const sender = SpanSender.create(collectors);
  for (const traces of all.flatMap(({ batches }) => batches)) {
    await sender.send(traces.flat());
  }
  for (const traces of all) await waitForTraces(jaegerQuery, traces, window);
  return `${all.flatMap(({ batches }) => batches.flat()).length} traces`;
}

interface PagedAnswers {
  /** Of all pages, in their order. */
  traceIds: string[];
  pages: number;
}

/** Pages as the table of traces does, from where each answer says that older ones are. */
async function pageThrough(
  store: JaegerTraceStore,
  { service }: PagedTraces,
  { startTimeMs, endTimeMs }: Window,
  limit: number,
): Promise<PagedAnswers> {
  const traceIds: string[] = [];
  let end = endTimeMs;
  for (let pages = 1; pages <= MAX_PAGES; pages += 1) {
    const { traces, coverage }: TraceSearchResult = await store.search({
      services: [service],
      startTimeMs,
      endTimeMs: end,
      limit,
    });
    const ids = traces.map(({ traceId }) => traceId);
    assert.equal(new Set(ids).size, ids.length, 'a page has a trace twice');
    assert.ok(ids.length <= limit, `${ids.length} traces on a page`);
    traceIds.push(...ids);
    if (coverage.complete) return { traceIds, pages };
    assert.deepEqual(coverage.incompleteBecause, ['older']);
    const { continueAtMs = end } = coverage;
    assert.ok(continueAtMs < end, `page ${pages} leads nowhere`);
    end = continueAtMs;
  }
  throw new Error(`there is no end after ${MAX_PAGES} pages`);
}

async function checkPages(
  store: JaegerTraceStore,
  traces: PagedTraces,
  window: Window,
  limit: number,
): Promise<string> {
  const { traceIds, pages } = await pageThrough(store, traces, window, limit);
  const sent = traces.batches.flat().map(([root]) => root?.traceId ?? '');
  const seen = new Set(traceIds);
  const missing = sent.filter(id => !seen.has(id)).length;
  assert.equal(missing, 0, `${missing} of ${sent.length} are missing`);
  assert.equal(seen.size, sent.length, 'traces that nobody sent');
  const again = traceIds.length - seen.size;
  // A page begins with the instant at which the one before ended.
  if (traces.isVisitedOnce) {
    assert.ok(again < pages, `${again} come again in ${pages} pages`);
  }
  return `${seen.size} in ${pages} ${pages === 1 ? 'page' : 'pages'}${
    again > 0 ? `, ${again} again on a later page` : ''
  }`;
}

/**
 * Writes traces that are hard to page through into a real Jaeger, and pages through
 * them with the product's store, in both dialects.
 */
export async function checkEveryTraceOnce(options: PagedStore): Promise<void> {
  const { checks, storage, storeOf } = options;
  const endTimeMs = Date.now();
  const window = { startTimeMs: endTimeMs - HOUR_MS, endTimeMs };
  const all = makePagedTraces(endTimeMs);
  await checks.check(
    `${storage} has traces that are hard to page through`,
    () => storeAll(options, all, window),
  );
  for (const traces of all) {
    for (const dialect of DIALECTS) {
      const store = storeOf(dialect);
      try {
        for (const limit of traces.limits) {
          await checks.check(
            `${storage}, ${dialect}: every trace comes once, ${limit} on a page: ${traces.name}`,
            () => checkPages(store, traces, window, limit),
          );
        }
      } finally {
        await store.stop();
      }
    }
  }
}
