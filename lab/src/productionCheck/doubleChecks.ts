import assert from 'node:assert/strict';
import { FRONTEND, frontendSubject } from '../checks/frontendSubject';
import type { LabLayout } from '../layout/LabLayout';
import { waitUntil } from '../lifecycle/componentProcess';
import type { MadeSpan } from '../traffic/otlp/MadeSpan';
import { SpanSender } from '../traffic/otlp/SpanSender';
import { productStore, type CheckedStore } from './CheckedStore';
import { makePages } from './KnownLoad';
import { StoredDocuments } from './StoredDocuments';

const TRACES = 40;
const MINUTE_MS = 60_000;

async function checkDialect(
  checked: CheckedStore,
  dialect: 'legacy' | 'v3',
  pages: MadeSpan[][],
  window: { startTimeMs: number; endTimeMs: number },
): Promise<void> {
  const store = productStore(checked, { dialect });
  const query = { services: [FRONTEND], ...window, limit: 500 };
  const spans = pages.flat().length;
  try {
    const { traces, coverage } = await store.search(query);
    assert.equal(coverage.complete, true);
    assert.deepEqual(
      traces.map(row => [row.traceId, row.spanCount]).sort(),
      pages.map(page => [page[0]?.traceId, page.length]).sort(),
      'search',
    );
    const { analysis } = await store.analyze(
      { ...query, subject: frontendSubject },
      { subject: frontendSubject, ...window, slices: 4 },
    );
    assert.deepEqual(
      [analysis.traceCount, analysis.spanCount],
      [pages.length, spans],
      'analysis',
    );
    for (const page of pages.slice(0, 10)) {
      const trace = await store.trace(page[0]?.traceId ?? '');
      assert.equal(trace?.spans.length, page.length, 'single trace');
    }
  } finally {
    await store.stop();
  }
}

/**
 * Every span sent twice, as after an outage: the storage has two documents of each,
 * and the product must count one.
 */
export async function checkDoubledSpans(
  checked: CheckedStore,
  layout: LabLayout,
): Promise<void> {
  const { checks, production } = checked;
  // Apart from the traffic of all other checks.
  const endTimeMs = Date.now() - 50 * MINUTE_MS;
  const window = { startTimeMs: endTimeMs - 5 * MINUTE_MS, endTimeMs };
  const pages = makePages(
    layout,
    endTimeMs,
    Array.from(
      { length: TRACES },
      (_, index) => window.startTimeMs + MINUTE_MS + index * 1000,
    ),
  );
  await checks.check(
    'the storage keeps spans that come twice, twice',
    async () => {
      const sender = SpanSender.create(production.collectors);
      await sender.send(pages.flat());
      await sender.send(pages.flat());
      const sent = new Map(pages.map(page => [page[0]?.traceId ?? '', page]));
      let doubled = 0;
      await waitUntil('both copies', async () => {
        const stored = await StoredDocuments.read(
          production.storage[0] ?? '',
          window.startTimeMs,
        );
        doubled = stored.count(sent).doubledDocuments;
        return doubled === pages.flat().length;
      });
      return `${doubled} documents too many`;
    },
  );
  for (const dialect of ['legacy', 'v3'] as const) {
    await checks.check(
      `${dialect}: search, analysis and detail count each span once`,
      () => checkDialect(checked, dialect, pages, window),
    );
  }
}
