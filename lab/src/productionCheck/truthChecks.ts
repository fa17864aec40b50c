import assert from 'node:assert/strict';
import type { JaegerTraceStore } from 'backstage-plugin-mesh-tracing-backend/src/tracestore';
import { FRONTEND, frontendSubject } from '../checks/frontendSubject';
import type { LabLayout } from '../layout/LabLayout';
import { waitUntil } from '../lifecycle/componentProcess';
import type { MadeSpan } from '../traffic/otlp/MadeSpan';
import { SpanSender } from '../traffic/otlp/SpanSender';
import { productStore, type CheckedStore } from './CheckedStore';
import { makePages } from './KnownLoad';
import type { SettledWindow } from './StoreWatch';

const TRACES = 150;
const DIALECTS = ['legacy', 'v3'] as const;
const MINUTE_MS = 60_000;
const LIMIT = 500;

/** Traces of a time that is over, sent a moment ago. */
export interface KnownHistory {
  window: SettledWindow;
  /** Newest first. */
  pages: MadeSpan[][];
}

/** Spreads pages evenly over a few minutes, half an hour ago. */
export async function sendHistory(
  checked: CheckedStore,
  layout: LabLayout,
): Promise<KnownHistory> {
  const startTimeMs = Date.now() - 30 * MINUTE_MS;
  const endTimeMs = startTimeMs + 10 * MINUTE_MS;
  const stepMs = (endTimeMs - startTimeMs) / (TRACES + 1);
  const pages = makePages(
    layout,
    startTimeMs,
    Array.from({ length: TRACES }, (_, index) =>
      Math.round(startTimeMs + stepMs * (index + 1)),
    ),
  );
  const sender = SpanSender.create(checked.production.collectors);
  for (let index = 0; index < pages.length; index += 20) {
    await sender.send(pages.slice(index, index + 20).flat());
  }
  const window = { services: [FRONTEND], startTimeMs, endTimeMs };
  return {
    window: { ...window, traceCount: TRACES },
    pages: [...pages].reverse(),
  };
}

function searchOf({ window }: KnownHistory, limit = LIMIT) {
  const { services, startTimeMs, endTimeMs } = window;
  return { services, startTimeMs, endTimeMs, limit };
}

/** Waits until the storage shows all of them, which takes a refresh. */
export async function waitForHistory(
  store: JaegerTraceStore,
  history: KnownHistory,
): Promise<void> {
  const wanted = history.pages.flat().length;
  await waitUntil(
    'the known traces',
    async () => {
      const { traces } = await store.search(searchOf(history));
      return (
        traces.length === TRACES &&
        traces.reduce((sum, row) => sum + row.spanCount, 0) === wanted
      );
    },
    undefined,
    60_000,
  );
}

async function checkRows(
  store: JaegerTraceStore,
  history: KnownHistory,
): Promise<string> {
  const { traces, coverage } = await store.search(searchOf(history));
  const expected = history.pages.map(spans => ({
    traceId: spans[0]?.traceId,
    startTimeMs: (spans[0]?.startUs ?? 0) / 1000,
    durationUs: spans[0]?.durationUs,
    spanCount: spans.length,
    errorSpanCount: spans.filter(({ failed }) => failed).length,
    orphanSpanCount: 0,
    rootService: FRONTEND,
  }));
  assert.deepEqual(
    traces.map(row => ({
      traceId: row.traceId,
      startTimeMs: row.startTimeMs,
      durationUs: row.durationUs,
      spanCount: row.spanCount,
      errorSpanCount: row.errorSpanCount,
      orphanSpanCount: row.orphanSpanCount,
      rootService: row.rootService,
    })),
    expected,
  );
  assert.equal(coverage.complete, true);
  const failed = expected.filter(({ errorSpanCount }) => errorSpanCount > 0);
  return `${traces.length} traces newest first, ${failed.length} with errors`;
}

async function checkNewest(
  store: JaegerTraceStore,
  history: KnownHistory,
): Promise<string> {
  const { traces, coverage } = await store.search(searchOf(history, 50));
  assert.deepEqual(
    traces.map(({ traceId }) => traceId),
    history.pages.slice(0, 50).map(spans => spans[0]?.traceId),
  );
  assert.equal(coverage.complete, false);
  return `${traces.length} of ${TRACES}, and says that there are more`;
}

async function checkAnalysis(
  store: JaegerTraceStore,
  history: KnownHistory,
): Promise<string> {
  const { startTimeMs, endTimeMs } = history.window;
  const { analysis, coverage } = await store.analyze(
    { ...searchOf(history), subject: frontendSubject },
    { subject: frontendSubject, startTimeMs, endTimeMs, slices: 10 },
  );
  assert.equal(coverage.complete, true);
  assert.equal(analysis.traceCount, TRACES);
  assert.equal(analysis.spanCount, history.pages.flat().length);
  assert.equal(analysis.rootedTraceCount, TRACES);
  return `${analysis.traceCount} traces, ${analysis.spanCount} spans`;
}

async function checkSingle(
  store: JaegerTraceStore,
  { pages }: KnownHistory,
): Promise<void> {
  for (const spans of pages.slice(0, 20)) {
    const trace = await store.trace(spans[0]?.traceId ?? '');
    assert.deepEqual(
      trace?.spans.map(({ spanId }) => spanId).sort(),
      spans.map(({ spanId }) => spanId).sort(),
    );
  }
}

/** Compares what the product says with what was sent, in both dialects. */
export async function checkTruth(
  checked: CheckedStore,
  history: KnownHistory,
): Promise<void> {
  const { checks } = checked;
  for (const dialect of DIALECTS) {
    const store = productStore(checked, { dialect });
    try {
      await checks.check(`${dialect}: every row is what was sent`, async () => {
        await waitForHistory(store, history);
        return checkRows(store, history);
      });
      await checks.check(`${dialect}: the newest 50 are the newest`, () =>
        checkNewest(store, history),
      );
      await checks.check(`${dialect}: an analysis counts what was sent`, () =>
        checkAnalysis(store, history),
      );
      await checks.check(`${dialect}: single traces are whole`, () =>
        checkSingle(store, history),
      );
    } finally {
      await store.stop();
    }
  }
}
