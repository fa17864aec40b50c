import assert from 'node:assert/strict';
import type { JaegerTraceStore } from 'backstage-plugin-mesh-tracing-backend/src/tracestore';
import type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { waitUntil } from '../lifecycle/componentProcess';
import type { CheckList } from '../checks/CheckList';
import { FRONTEND, frontendSubject } from '../checks/frontendSubject';
import { CRAFTED_SERVICE } from './craftedTraces';
import {
  assertEqualAnalyses,
  assertEqualRows,
  assertEqualTraces,
} from './equality';

const READ_TRACES = 20;

/** One Jaeger, asked in two ways, and what was sent to it. */
export interface ComparedStores {
  checks: CheckList;
  legacy: JaegerTraceStore;
  v3: JaegerTraceStore;
  /** Just before the first request, in milliseconds since the epoch. */
  startTimeMs: number;
  traceIds: string[];
  /** Ids of the traces that were made up here and not sent by an Envoy. */
  craftedIds: string[];
}

/** Searches that a page of the product can make. */
function searches(): Array<[string, Partial<TraceQuery>]> {
  const reviews = `reviews.${APP_NAMESPACE}`;
  return [
    ['all of the window', {}],
    ['the newest 50', { limit: 50 }],
    ['of the workload only', { subject: frontendSubject }],
    ['of several names', { services: [FRONTEND, reviews] }],
    ['of a kind', { kind: 'server' }],
    ['with errors', { errorsOnly: true }],
    ['with an attribute', { attributes: { 'http.status_code': '200' } }],
    ['with an attribute nobody has', { attributes: { nobody: 'x' } }],
    ['of long spans', { minSpanDurationUs: 3_000 }],
    ['of short spans', { maxSpanDurationUs: 3_000 }],
    ['of long traces', { minTraceDurationUs: 5_000 }],
    ['of what Envoy never sends', { services: [CRAFTED_SERVICE] }],
    ['that failed', { services: [CRAFTED_SERVICE], errorsOnly: true }],
    ['of another kind', { services: [CRAFTED_SERVICE], kind: 'client' }],
    [
      'with a number',
      { services: [CRAFTED_SERVICE], attributes: { count: '42' } },
    ],
    [
      'with what an event holds',
      {
        services: [CRAFTED_SERVICE],
        attributes: { 'exception.message': 'out of "stock"' },
      },
    ],
    ['of an unknown name', { services: ['nobody'] }],
  ];
}

async function checkNames({ checks, legacy, v3 }: ComparedStores) {
  await checks.check('services and operations are equal', async () => {
    const services = await legacy.services();
    assert.ok(services.includes(FRONTEND), services.join(', '));
    assert.deepEqual(await v3.services(), services);
    const operations = await legacy.operations(FRONTEND);
    assert.notEqual(operations.length, 0);
    assert.deepEqual(await v3.operations(FRONTEND), operations);
    return `${services.length} services`;
  });
}

async function checkTraces(stores: ComparedStores): Promise<void> {
  const { checks, legacy, v3, traceIds, craftedIds } = stores;
  await checks.check('traces are equal in detail', async () => {
    let spans = 0;
    const ids = [...traceIds.slice(0, READ_TRACES), ...craftedIds];
    for (const traceId of ids) {
      const [old, next] = await Promise.all([
        legacy.trace(traceId),
        v3.trace(traceId),
      ]);
      assert.ok(old && next, `${traceId} is missing`);
      assertEqualTraces(old, next);
      spans += old.spans.length;
    }
    return `${ids.length} traces, ${spans} spans`;
  });
  await checks.check('a trace that does not exist is in neither', async () => {
    const unknown = 'f'.repeat(32);
    assert.equal(await legacy.trace(unknown), undefined);
    assert.equal(await v3.trace(unknown), undefined);
  });
}

async function checkAnalyses(
  { checks, legacy, v3, traceIds }: ComparedStores,
  query: TraceQuery,
): Promise<void> {
  await checks.check('analyses are equal', async () => {
    const request = {
      subject: frontendSubject,
      startTimeMs: query.startTimeMs,
      endTimeMs: query.endTimeMs,
      slices: 10,
    };
    const search = { ...query, subject: frontendSubject };
    const [old, next] = await Promise.all([
      legacy.analyze(search, request),
      v3.analyze(search, request),
    ]);
    assert.ok(old.analysis.traceCount >= traceIds.length);
    assertEqualAnalyses(old.analysis, next.analysis);
    return `${old.analysis.spanCount} spans, ${old.analysis.dependencies.edges.length} edges`;
  });
}

/** Runs all comparisons. */
export async function compareDialects(stores: ComparedStores): Promise<void> {
  const { checks, legacy, v3, startTimeMs, traceIds } = stores;
  const wanted = new Set(traceIds);
  let endTimeMs = Date.now() + 1_000;
  const query = (): TraceQuery => ({
    services: [FRONTEND],
    startTimeMs,
    endTimeMs,
    limit: 500,
  });
  await checks.check('all traces arrive, and whole', async () => {
    let spans = -1;
    await waitUntil(
      'Jaeger to have all traces',
      async () => {
        const { traces } = await legacy.search(query());
        const before = spans;
        spans = traces.reduce((sum, row) => sum + row.spanCount, 0);
        const found = traces.filter(({ traceId }) => wanted.has(traceId));
        return found.length === wanted.size && spans === before;
      },
      undefined,
      30_000,
    );
    // From here on nothing new belongs to the window.
    endTimeMs = Date.now();
    return `${wanted.size} traces, ${spans} spans`;
  });
  await checkNames(stores);
  for (const [name, change] of searches()) {
    await checks.check(`rows are equal: ${name}`, async () => {
      const search = { ...query(), ...change };
      const [old, next] = await Promise.all([
        legacy.search(search),
        v3.search(search),
      ]);
      assertEqualRows(old.traces, next.traces);
      const { complete, incompleteBecause } = old.coverage;
      // The older API asks by tags, and nothing found proves nothing of these.
      if (incompleteBecause?.join() === 'unproven-filter') {
        assert.equal(old.traces.length, 0);
      } else {
        assert.equal(next.coverage.complete, complete);
      }
      return `${old.traces.length} rows`;
    });
  }
  await checkAnalyses(stores, query());
  await checkTraces(stores);
}
