import { inspectTraces } from 'backstage-plugin-mesh-tracing-common';
import type { JaegerStoreConfig } from './config/JaegerStoreConfig';
import {
  fakeJaeger,
  type FakeJaegerOptions,
} from '../testing/tracestore/fakeJaeger';
import { serve, stopAll, storeAt } from '../testing/tracestore/storeHarness';
import { shopTraces, wholeWindow } from '../testing/tracestore/traces';

afterEach(stopAll);

type Imitated = Omit<FakeJaegerOptions, 'traces'>;

const VERSIONS: Array<[string, string, Imitated]> = [
  ['Jaeger 2.21', 'summaries', { version: '2.21' }],
  ['Jaeger 2.19', 'summaries', { version: '2.19' }],
  ['Jaeger 2.13', 'legacy', { version: '2.13' }],
  ['Jaeger 1.x without v3', 'legacy', { version: '1.0' }],
  [
    'VictoriaTraces',
    'legacy',
    { version: 'look-alike', basePath: '/select/jaeger' },
  ],
  ['GreptimeDB', 'legacy', { version: 'look-alike', basePath: '/v1/jaeger' }],
];
const traces = shopTraces(60);
const query = { services: ['a'], ...wholeWindow(60), limit: 100 };

describe.each(VERSIONS)('JaegerTraceStore against %s', (_, dialect, jaeger) => {
  const start = async (config: Partial<JaegerStoreConfig> = {}) =>
    storeAt(await serve(fakeJaeger({ traces, ...jaeger })), {
      basePath: jaeger.basePath,
      ...config,
    });

  it('finds the dialect', async () => {
    const store = await start();
    await expect(store.status()).resolves.toMatchObject({
      reachable: true,
      dialect,
    });
    await expect(store.services()).resolves.toEqual(['a', 'b']);
    await expect(store.operations('b')).resolves.toEqual(['SELECT']);
    await expect(store.operations('nobody')).resolves.toEqual([]);
  });

  it('tells what the spans of the newest traces are like', async () => {
    const subject = { services: ['a', 'b'], workloads: [] };
    const request = { subject, salt: 7 };
    const found = await (
      await start()
    ).inspect({ ...query, services: ['a', 'b'], subject, limit: 20 }, request);

    // One more than wanted may come, to see whether there are more.
    expect([20, 21]).toContain(found.traceCount);
    const newest = inspectTraces(traces.slice(-found.traceCount), request);
    // Found under both of the names, and counted once.
    expect(found.spanCount).toBe(2 * found.traceCount);
    expect(found.requestCount).toBe(newest.requestCount);
    expect(found.names.map(({ name }) => name).sort()).toEqual(['a', 'b']);
    expect(
      found.tags.find(({ key }) => key === 'http.status_code'),
    ).toMatchObject({
      spanCount: found.traceCount,
      distinct: newest.tags[0]?.distinct,
    });
  });

  it('finds all traces of a window, newest first, and says so', async () => {
    const { traces: rows, coverage } = await (await start()).search(query);
    expect(rows.map(row => row.traceId)).toEqual(
      [...traces].reverse().map(trace => trace.traceId),
    );
    expect(rows[0]).toEqual({
      traceId: traces[59]?.traceId,
      rootService: 'a',
      rootOperation: 'GET /',
      startTimeMs: 1_790_000_060_000,
      durationUs: 60_000,
      spanCount: 2,
      errorSpanCount: 1,
      orphanSpanCount: 0,
      services: [
        { name: 'a', spanCount: 1, errorSpanCount: 0 },
        { name: 'b', spanCount: 1, errorSpanCount: 1 },
      ],
    });
    expect(coverage).toEqual({
      complete: true,
      fetchedCount: 60,
      matchedCount: 60,
      oldestStartTimeMs: 1_790_000_001_000,
      filteredHere: [],
      failures: [],
    });
  });

  it('returns the newest of a larger number, from where the next page follows', async () => {
    const store = await start();
    const first = await store.search({ ...query, limit: 25 });
    expect(first.traces).toHaveLength(25);
    expect(first.coverage).toMatchObject({ complete: false });
    const seen = new Set(first.traces.map(row => row.traceId));
    let end = first.coverage.oldestStartTimeMs;
    for (let page = 0; page < 3 && end !== undefined; page++) {
      const next = await store.search({ ...query, endTimeMs: end, limit: 25 });
      next.traces.forEach(row => seen.add(row.traceId));
      end = next.coverage.complete
        ? undefined
        : next.coverage.oldestStartTimeMs;
    }
    expect(seen.size).toBe(60);
  });

  it('filters by errors, kind, attributes, operation and durations', async () => {
    const store = await start();
    const count = async (filter: object) =>
      (await store.search({ ...query, ...filter })).traces.length;
    expect(await count({ services: ['b'], errorsOnly: true })).toBe(6);
    expect(await count({ services: ['a'], errorsOnly: true })).toBe(0);
    expect(await count({ services: ['b'], kind: 'client' })).toBe(60);
    expect(await count({ services: ['b'], kind: 'server' })).toBe(0);
    expect(await count({ attributes: { 'http.status_code': '200' } })).toBe(60);
    expect(await count({ attributes: { 'http.status_code': '500' } })).toBe(0);
    expect(await count({ operation: 'GET /' })).toBe(60);
    expect(await count({ services: ['b'], minSpanDurationUs: 25_000 })).toBe(
      11,
    );
  });

  it('filters by the duration of the trace, and says that it did so itself', async () => {
    const { traces: rows, coverage } = await (
      await start()
    ).search({
      ...query,
      minTraceDurationUs: 55_000,
    });
    expect(rows).toHaveLength(6);
    expect(coverage).toMatchObject({
      complete: true,
      fetchedCount: 60,
      matchedCount: 6,
      filteredHere: ['trace duration'],
    });
  });

  it('merges several service names', async () => {
    const { traces: rows, coverage } = await (
      await start()
    ).search({
      ...query,
      services: ['a', 'b', 'nobody'],
    });
    expect(rows).toHaveLength(60);
    expect(coverage).toMatchObject({ complete: true, fetchedCount: 60 });
  });

  it('reads one trace, by either form of its id', async () => {
    const store = await start();
    const [trace] = traces;
    const read = await store.trace((trace?.traceId ?? '').toUpperCase());
    expect(read).toMatchObject({
      traceId: trace?.traceId,
      durationUs: trace?.durationUs,
      spans: [
        { service: 'a' },
        { service: 'b', parentSpanId: '0000000000000001' },
      ],
    });
    await expect(store.trace('abc')).resolves.toBeUndefined();
    await expect(store.trace('../services')).resolves.toBeUndefined();
  });

  it('analyses without handing traces out', async () => {
    const { analysis, coverage } = await (
      await start()
    ).analyze(query, {
      subject: { services: ['a'], workloads: [] },
      ...wholeWindow(60),
      slices: 4,
    });
    expect(coverage.complete).toBe(true);
    expect(analysis).toMatchObject({
      traceCount: 60,
      rootedTraceCount: 60,
      latency: { overall: { count: 60, p50Us: 30_500 } },
      dependencies: {
        edges: [{ from: 'service:a', to: 'service:b', callCount: 60 }],
      },
    });
  });

  it('reads the dependency store', async () => {
    await expect(
      (await start()).dependencies(wholeWindow(60)),
    ).resolves.toEqual([{ parent: 'a', child: 'b', callCount: 3 }]);
  });
});
