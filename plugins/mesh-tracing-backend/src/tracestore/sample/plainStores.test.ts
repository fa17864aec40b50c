import {
  analyzeTraces,
  summarizeTrace,
  type Trace,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceCoverage,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import { shopTraces, wholeWindow } from '../../testing/tracestore/traces';
import { TraceSamples } from './TraceSamples';

const window = wholeWindow(300);
const subject = { services: ['a'], workloads: [] };
const request = { subject, ...window, slices: 3, withSpanFigures: true };

function analyze(store: TraceStore, signal?: AbortSignal) {
  const filter = { services: ['a'], subject, ...window };
  const of = { filter, level: 'normal' as const };
  return TraceSamples.create().analyze(store, of, request, { signal });
}

/** What every trace store has, and no more. */
function storeOf(traces: Trace[], coverage: Partial<TraceCoverage> = {}) {
  const read: string[] = [];
  const searched: number[] = [];
  let underWay = 0;
  let mostAtOnce = 0;
  const store: TraceStore = {
    name: 'plain',
    services: async () => ['a', 'b'],
    search: async ({ limit, startTimeMs, endTimeMs }) => {
      searched.push(limit);
      const all = [...traces]
        .reverse()
        .filter(
          ({ startTimeUs }) =>
            startTimeUs >= startTimeMs * 1000 &&
            startTimeUs <= endTimeMs * 1000,
        );
      const found = all.slice(0, limit);
      const oldest = found.at(-1);
      return {
        traces: found.map(summarizeTrace),
        coverage: {
          complete: found.length === all.length,
          ...(oldest ? { oldestStartTimeMs: oldest.startTimeUs / 1000 } : {}),
          fetchedCount: found.length,
          matchedCount: found.length,
          filteredHere: [],
          failures: [],
          ...coverage,
        },
      };
    },
    trace: async traceId => {
      read.push(traceId);
      underWay += 1;
      mostAtOnce = Math.max(mostAtOnce, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return traces.find(trace => trace.traceId === traceId);
    },
  };
  return { store, read, searched, mostAtOnce: () => mostAtOnce };
}

describe('the statistics of a store that only searches', () => {
  it('are those of the traces which its search finds, where that is all of them', async () => {
    const traces = shopTraces(20);
    const { store, searched, read } = storeOf(traces);
    const { analysis, coverage } = await analyze(store);
    expect(analysis).toEqual(analyzeTraces([...traces].reverse(), request));
    expect(coverage).toMatchObject({ complete: true, matchedCount: 20 });
    expect(searched).toHaveLength(1);
    expect(read).toHaveLength(20);
  });

  it('are of some traces from all over the window otherwise, read some at once, and say so', async () => {
    const traces = shopTraces(300);
    const { store, read, mostAtOnce } = storeOf(traces);
    const { analysis, coverage } = await analyze(store);
    expect(read.length).toBeLessThanOrEqual(150);
    expect(mostAtOnce()).toBeLessThanOrEqual(4);
    expect(analysis.sample).toMatchObject({ isExact: false });
    expect(coverage).toMatchObject({ complete: false, isSample: true });
    const isEarly = (id: string) =>
      traces.slice(0, 100).some(({ traceId }) => traceId === id);
    expect(read.filter(isEarly).length).toBeGreaterThan(10);
    const { points } = analysis.latency.series;
    expect(points.map(({ count }) => count > 50)).toEqual([true, true, true]);
  });

  it('are not called complete where a trace is gone since the search', async () => {
    const traces = shopTraces(3);
    const { store } = storeOf(traces);
    const { trace } = store;
    store.trace = async (id, ...rest) =>
      id === traces[1]?.traceId ? undefined : trace(id, ...rest);
    const { analysis, coverage } = await analyze(store);
    expect(analysis.summaries).toHaveLength(2);
    expect(coverage.complete).toBe(false);
  });

  it('keep what the search says of names that failed', async () => {
    const failures = [{ service: 'b', message: 'too slow' }];
    const { store } = storeOf(shopTraces(2), { failures, complete: false });
    const filter = { services: ['a', 'b'], subject, ...window };
    const { coverage } = await TraceSamples.create().analyze(
      store,
      { filter, level: 'normal' },
      request,
      {},
    );
    expect(coverage).toMatchObject({ failures, complete: false });
  });

  it('read no more traces once nobody waits for them', async () => {
    const { store, read } = storeOf(shopTraces(20));
    const gone = new AbortController();
    const { trace } = store;
    store.trace = (...of) => {
      gone.abort(new Error('gone'));
      return trace(...of);
    };
    await expect(analyze(store, gone.signal)).rejects.toThrow('gone');
    expect(read).toHaveLength(2);
  });

  it('fail as the store fails', async () => {
    const { store } = storeOf(shopTraces(1));
    store.trace = async () => {
      throw new Error('disk full');
    };
    await expect(analyze(store)).rejects.toThrow('disk full');
  });
});
