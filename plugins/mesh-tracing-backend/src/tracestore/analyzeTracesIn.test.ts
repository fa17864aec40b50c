import {
  analyzeTraces,
  summarizeTrace,
  type Trace,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceCoverage,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import { analyzeTracesIn } from './analyzeTracesIn';
import { shopTraces, wholeWindow } from '../testing/tracestore/traces';

const window = wholeWindow(300);
const query = { services: ['a'], ...window, limit: 500 };
const request = {
  subject: { services: ['a'], workloads: [] },
  ...window,
  slices: 3,
  withSpanFigures: true,
};

/** What every trace store has, and no more. */
function storeOf(traces: Trace[], coverage: Partial<TraceCoverage> = {}) {
  const read: string[] = [];
  let underWay = 0;
  let mostAtOnce = 0;
  const store: TraceStore = {
    name: 'plain',
    services: async () => ['a', 'b'],
    search: async ({ limit }) => {
      const found = [...traces].reverse().slice(0, limit);
      return {
        traces: found.map(summarizeTrace),
        coverage: {
          complete: found.length === traces.length,
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
  return { store, read, mostAtOnce: () => mostAtOnce };
}

describe('the analysis of a store that has none of its own', () => {
  it('is that of the traces which its search finds', async () => {
    const traces = shopTraces(60);
    const { store } = storeOf(traces);
    const { analysis, coverage } = await analyzeTracesIn(store, query, request);
    expect(analysis).toEqual(analyzeTraces([...traces].reverse(), request));
    expect(coverage).toMatchObject({ complete: true, matchedCount: 60 });
  });

  it('reads the newest hundred traces at most, some at once, and says that there are more', async () => {
    const traces = shopTraces(250);
    const { store, read, mostAtOnce } = storeOf(traces);
    const { analysis, coverage } = await analyzeTracesIn(store, query, request);
    expect(new Set(read)).toEqual(
      new Set(traces.slice(-100).map(({ traceId }) => traceId)),
    );
    expect(read).toHaveLength(100);
    expect(mostAtOnce()).toBeLessThanOrEqual(4);
    expect(analysis.traceCount).toBe(100);
    expect(coverage).toMatchObject({ complete: false, matchedCount: 100 });
  });

  it('is incomplete where a trace is gone since the search', async () => {
    const traces = shopTraces(3);
    const { store } = storeOf(traces);
    const { search } = store;
    store.search = async (...of) => {
      const found = await search(...of);
      traces.pop();
      return found;
    };
    const { analysis, coverage } = await analyzeTracesIn(store, query, request);
    expect(analysis.traceCount).toBe(2);
    expect(coverage).toMatchObject({ complete: false, matchedCount: 2 });
  });

  it('keeps what the search says of its own coverage', async () => {
    const failures = [{ service: 'b', message: 'too slow' }];
    const { store } = storeOf(shopTraces(2), { failures, complete: false });
    const { coverage } = await analyzeTracesIn(store, query, request);
    expect(coverage).toMatchObject({ failures, complete: false });
  });

  it('reads no more traces once nobody waits for it', async () => {
    const { store, read } = storeOf(shopTraces(60));
    const gone = new AbortController();
    const { trace } = store;
    store.trace = (...of) => {
      gone.abort(new Error('gone'));
      return trace(...of);
    };
    await expect(
      analyzeTracesIn(store, query, request, { signal: gone.signal }),
    ).rejects.toThrow('gone');
    expect(read).toHaveLength(4);
  });

  it('fails as the store fails', async () => {
    const { store } = storeOf(shopTraces(1));
    store.trace = async () => {
      throw new Error('disk full');
    };
    await expect(analyzeTracesIn(store, query, request)).rejects.toThrow(
      'disk full',
    );
  });
});

it('leaves the analysis to a store that has one', async () => {
  const { store, read } = storeOf(shopTraces(5));
  const own = {
    analysis: analyzeTraces([], request),
    coverage: (await store.search(query)).coverage,
  };
  store.analyze = async () => own;
  expect(await analyzeTracesIn(store, query, request)).toBe(own);
  expect(read).toEqual([]);
});
