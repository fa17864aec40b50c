import type { Trace } from 'backstage-plugin-mesh-tracing-common';
import type { JaegerStoreConfig } from '../config/JaegerStoreConfig';
import {
  fakeJaeger,
  type FakeJaegerOptions,
} from '../../testing/tracestore/fakeJaeger';
import { sendJson } from '../../testing/tracestore/MisbehavingServer';
import { serve, stopAll, storeAt } from '../../testing/tracestore/storeHarness';
import { shopTraces, wholeWindow } from '../../testing/tracestore/traces';

afterEach(stopAll);

const query = { services: ['b'], ...wholeWindow(60), limit: 100 };

async function storeOf(
  options: FakeJaegerOptions,
  config: Partial<JaegerStoreConfig> = {},
) {
  const server = await serve(fakeJaeger(options));
  return { server, store: storeAt(server, config) };
}

/** Each trace has a span `fine` and, beside it, a span `broken` that failed. */
const twoSpans = shopTraces(30).map((trace): Trace => {
  const [root, called] = trace.spans;
  const rest = { parentSpanId: root?.spanId, service: 'b' };
  return {
    ...trace,
    spans: [
      root,
      { ...called, ...rest, operation: 'fine', status: 'ok' },
      {
        ...called,
        ...rest,
        spanId: '0000000000000009',
        operation: 'broken',
        status: 'error',
      },
    ] as Trace['spans'],
  };
});

describe.each(['memory', 'badger', 'elasticsearch', 'cassandra'] as const)(
  'several filters in the order and manner of %s',
  storage => {
    it('must be passed by one span, also where a Jaeger has rows ready made', async () => {
      const { store } = await storeOf({
        traces: twoSpans,
        version: '2.21',
        storage,
      });
      const count = async (filters: object) =>
        (await store.search({ ...query, ...filters })).traces.length;
      expect(await count({ operation: 'fine', errorsOnly: true })).toBe(0);
      expect(await count({ operation: 'broken', errorsOnly: true })).toBe(30);
      expect(await count({ maxSpanDurationUs: 5_000 })).toBe(10);
    });

    it('leave the next search for errors as it was', async () => {
      const { store, server } = await storeOf({
        traces: twoSpans,
        version: '2.21',
        storage,
      });
      await store.search({ ...query, operation: 'fine', errorsOnly: true });
      const before = server.requests.length;
      const { traces, coverage } = await store.search({
        ...query,
        errorsOnly: true,
      });
      expect(traces).toHaveLength(30);
      expect(coverage).toMatchObject({ complete: true, filteredHere: [] });
      expect(server.requests.length - before).toBe(1);
    });
  },
);

describe('a search whose true answer is "none"', () => {
  it('asks a Jaeger with summaries once, and does not read the window', async () => {
    const { store, server } = await storeOf({
      traces: shopTraces(60),
      version: '2.21',
    });
    await store.services();
    const before = server.requests.length;
    const { traces, coverage } = await store.search({
      ...query,
      services: ['a'],
      errorsOnly: true,
    });
    expect(traces).toEqual([]);
    expect(coverage.complete).toBe(true);
    expect(server.requests.length - before).toBeLessThanOrEqual(3);
  });
});

describe('a filter that a store was never seen to apply', () => {
  const asked = { ...query, services: ['a'], errorsOnly: true, limit: 20 };
  const searched = async (
    count: number,
    services: string[],
    knows: boolean,
  ) => {
    const jaeger = fakeJaeger({
      traces: shopTraces(count),
      version: '2.13',
      storage: 'badger',
    });
    const server = await serve((request, response, url) =>
      !knows && (url.searchParams.get('tags') ?? '').includes('error')
        ? sendJson(response, { data: [] })
        : jaeger(request, response, url),
    );
    const store = storeAt(server, { dialect: 'legacy' });
    const search = async () => {
      const before = server.requests.length;
      const { traces, coverage } = await store.search({
        ...asked,
        ...wholeWindow(count),
        services,
      });
      return {
        found: traces.length,
        coverage,
        requests: server.requests.length - before,
      };
    };
    return { first: await search(), second: await search() };
  };

  it('and that nothing passes in one page is answered after that page, and called unproven', async () => {
    const { first, second } = await searched(900, ['a'], true);
    expect(first.found).toBe(0);
    expect(first.coverage.incompleteBecause).toEqual(['unproven-filter']);
    // Of the first, two tell in which order the store answers.
    expect(first.requests).toBeLessThanOrEqual(4);
    expect(second.requests).toBe(2);
  });

  it('and that nothing passes is certain where the page was all of the window', async () => {
    const { first } = await searched(30, ['a'], true);
    expect(first.found).toBe(0);
    expect(first.coverage.complete).toBe(true);
    expect(first.requests).toBe(2);
  });

  it('is applied here where a trace passes in that page, and not asked for again', async () => {
    const { first, second } = await searched(900, ['b'], false);
    expect([first.found, second.found]).toEqual([20, 20]);
    expect(first.coverage.filteredHere).toEqual(['errors']);
    expect(first.requests - second.requests).toBeGreaterThanOrEqual(2);
  });
});

describe('a store that keeps traces in memory', () => {
  it.each(['2.13', '2.21'] as const)(
    'is read whole although the older traces arrived last: %s',
    async version => {
      const all = shopTraces(600);
      const arrived = [...all.slice(300), ...all.slice(0, 300)];
      const { store } = await storeOf({
        traces: arrived,
        version,
        storage: 'memory',
      });
      const { traces, coverage } = await store.search({
        ...query,
        ...wholeWindow(600),
        limit: 1_000,
      });
      expect(traces).toHaveLength(600);
      expect(coverage.complete).toBe(true);
    },
  );

  it.each([100, 30, 7])(
    'is asked for less where it returns %d traces at most',
    async maxTraces => {
      const { store } = await storeOf({
        traces: shopTraces(60),
        version: '2.21',
        storage: 'memory',
        maxTraces,
      });
      const { traces, coverage } = await store.search(query);
      expect(traces).toHaveLength(60);
      expect(coverage.complete).toBe(true);
    },
  );
});

describe('the edges of a search', () => {
  it('are no limit of zero: nothing lasts no time', async () => {
    const { store, server } = await storeOf({
      traces: shopTraces(60),
      version: '2.21',
    });
    const { traces } = await store.search({ ...query, maxSpanDurationUs: 0 });
    expect(traces).toEqual([]);
    const durations = server.requests.map(({ url }) =>
      url.searchParams.get('query.durationMax'),
    );
    expect(durations).toContain('1ns');
    expect(durations).not.toContain('0us');
  });

  it('may be one instant', async () => {
    const [trace] = shopTraces(60);
    const atMs = (trace?.startTimeUs ?? 0) / 1000;
    const { store } = await storeOf({
      traces: shopTraces(60),
      version: '2.21',
      storage: 'memory',
    });
    const { traces } = await store.search({
      ...query,
      services: ['a'],
      startTimeMs: atMs,
      endTimeMs: atMs,
    });
    expect(traces.map(({ traceId }) => traceId)).toEqual([trace?.traceId]);
  });
});

describe('a dialect that is configured', () => {
  it('is named when the store has no such API', async () => {
    const { store } = await storeOf(
      { traces: shopTraces(5), version: '2.21' },
      { dialect: 'legacy' },
    );
    await expect(store.search(query)).rejects.toThrow(
      /has no API of the configured dialect 'legacy': .*; remove 'dialect'/,
    );
  });
});

describe('a storage that failed', () => {
  it('may not be all back for 15 seconds, and no answer is called complete', async () => {
    let nowMs = Date.now();
    let fails = false;
    const jaeger = fakeJaeger({ traces: shopTraces(60), version: '2.13' });
    const server = await serve((request, response, url) =>
      fails && url.pathname === '/api/traces'
        ? sendJson(response, { errors: [{ code: 500, msg: 'no shards' }] }, 500)
        : jaeger(request, response, url),
    );
    const store = storeAt(server, { dialect: 'legacy' }, () => nowMs);
    const coverage = async () => (await store.search(query)).coverage;
    expect((await coverage()).complete).toBe(true);
    fails = true;
    await expect(coverage()).rejects.toThrow();
    fails = false;
    nowMs += 14_999;
    expect(await coverage()).toMatchObject({
      complete: false,
      incompleteBecause: ['storage-recovering'],
    });
    nowMs += 1;
    expect((await coverage()).complete).toBe(true);
  });
});

describe('what a store was seen not to do', () => {
  it('is tried again when the store tells another version', async () => {
    let nowMs = Date.now();
    let gitVersion = 'v2.13.0';
    let knowsErrors = false;
    const jaeger = fakeJaeger({ traces: shopTraces(60), version: '2.13' });
    const server = await serve((request, response, url) => {
      const tags = url.searchParams.get('tags') ?? '';
      if (url.pathname === '/') {
        response.end(`JAEGER_VERSION = {"gitVersion":"${gitVersion}"}`);
      } else if (tags.includes('error') && !knowsErrors) {
        sendJson(response, { data: [] });
      } else {
        jaeger(request, response, url);
      }
    });
    const store = storeAt(server, { dialect: 'legacy' }, () => nowMs);
    const filteredHere = async () => {
      const { traces, coverage } = await store.search({
        ...query,
        errorsOnly: true,
      });
      expect(traces).toHaveLength(6);
      return coverage.filteredHere;
    };
    expect(await filteredHere()).toEqual(['errors']);
    knowsErrors = true;
    gitVersion = 'v2.14.0';
    expect(await filteredHere()).toEqual(['errors']);
    nowMs += 11 * 60_000;
    expect(await filteredHere()).toEqual([]);
  });
});
