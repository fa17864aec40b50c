import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import { mockLogger } from '../testing/services/mockLogger';
import { JaegerTraceStore } from './JaegerTraceStore';
import { sendJson } from '../testing/tracestore/MisbehavingServer';
import { serve, stopAll, storeAt } from '../testing/tracestore/storeHarness';
import { wholeWindow } from '../testing/tracestore/traces';

const window = wholeWindow(60);
const query = { services: ['a'], ...window, limit: 100 };
const analysis = {
  subject: { services: ['a'], workloads: [] },
  ...window,
  slices: 3,
};
const calls: Array<
  [
    string,
    (store: JaegerTraceStore, options: TraceReadOptions) => Promise<unknown>,
  ]
> = [
  ['services', (store, options) => store.services(options)],
  ['operations', (store, options) => store.operations('a', options)],
  ['search', (store, options) => store.search(query, options)],
  ['analyze', (store, options) => store.analyze(query, analysis, options)],
  ['trace', (store, options) => store.trace('ab', undefined, options)],
  ['dependencies', (store, options) => store.dependencies(window, options)],
  [
    'requestMetrics',
    async (store, options) =>
      store.requestMetrics({ services: ['a'], ...window }, options),
  ],
];

/** A store whose server takes requests and answers when the test says so. */
async function silentStore(concurrency?: number) {
  const open: ServerResponse[] = [];
  const paths: string[] = [];
  const server = await serve((_, response, url) => {
    paths.push(url.searchParams.get('service') ?? url.pathname);
    open.push(response);
  });
  const store = storeAt(server, { dialect: 'legacy', concurrency });
  const reached = async (count: number) => {
    while (open.length < count) {
      await new Promise(setImmediate);
    }
  };
  return { store, open, paths, reached };
}

afterEach(stopAll);

describe('a read that nobody waits for', () => {
  it.each(calls)('%s closes its connection to the store', async (_, call) => {
    const { store, open, reached } = await silentStore();
    const gone = new AbortController();
    const answer = call(store, { signal: gone.signal });
    await reached(1);
    const closed = once(open[0]!, 'close');
    gone.abort(new Error('the caller went away'));
    await expect(answer).rejects.toThrow('the caller went away');
    await closed;
    expect(open[0]?.writableFinished).toBe(false);
  });

  it('closes the connection to Prometheus', async () => {
    const open: ServerResponse[] = [];
    const prometheus = await serve((_, response) => {
      open.push(response);
    });
    const store = JaegerTraceStore.create(
      {
        name: 'main',
        url: prometheus.url,
        dialect: 'legacy',
        prometheus: { url: prometheus.url, metrics: 'spanmetrics' } as never,
      },
      mockLogger(),
    );
    const gone = new AbortController();
    const answer = store.requestMetrics(
      { services: ['a'], ...window },
      { signal: gone.signal },
    );
    while (open.length === 0) {
      await new Promise(setImmediate);
    }
    gone.abort(new Error('the caller went away'));
    await expect(answer).rejects.toThrow('the caller went away');
    await Promise.all(
      open.map(response => response.closed || once(response, 'close')),
    );
    await store.stop();
  });

  it.each(calls)(
    '%s goes on for another who asks the same, until both are gone',
    async (_, call) => {
      const { store, open, reached } = await silentStore();
      const [one, two] = [new AbortController(), new AbortController()];
      const first = call(store, { signal: one.signal, caller: 'one' });
      const second = call(store, { signal: two.signal, caller: 'two' });
      await reached(1);
      one.abort(new Error('one left'));
      await expect(first).rejects.toThrow('one left');
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });
      expect(open).toHaveLength(1);
      expect(open[0]?.closed).toBe(false);
      two.abort(new Error('two left'));
      await expect(second).rejects.toThrow('two left');
    },
  );

  it('is begun anew for a caller who asks after that', async () => {
    const { store, open, reached } = await silentStore();
    const gone = new AbortController();
    const left = store.search(query, { signal: gone.signal });
    await reached(1);
    gone.abort(new Error('left'));
    const next = store.search(query);
    await expect(left).rejects.toThrow('left');
    await reached(2);
    sendJson(open[1]!, { data: [] });
    expect(await next).toMatchObject({ traces: [] });
  });

  it('never reaches the store when it waited for a connection', async () => {
    const { store, open, paths, reached } = await silentStore(1);
    const first = store.search(query, { caller: 'one' });
    await reached(1);
    const gone = new AbortController();
    const left = store.search(
      { ...query, services: ['left'] },
      { caller: 'one', signal: gone.signal },
    );
    gone.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    sendJson(open[0]!, { data: [] });
    await first;
    expect(paths).toEqual(['a']);
  });
});

describe('connections to a store', () => {
  it('are shared in turns, so that one search waits for one of a caller with many', async () => {
    const { store, open, paths, reached } = await silentStore(1);
    const many = Array.from({ length: 40 }, (_, i) =>
      store.search(
        { ...query, services: [`greedy-${i}`] },
        { caller: 'greedy' },
      ),
    );
    await reached(1);
    const other = store.search(
      { ...query, services: ['other'] },
      { caller: 'other' },
    );
    let answered = 0;
    const answerAll = (async () => {
      while (answered < 41) {
        await reached(answered + 1);
        sendJson(open[answered]!, { data: [] });
        answered += 1;
      }
    })();
    await other;
    expect(paths.indexOf('other')).toBeLessThanOrEqual(2);
    await Promise.all([...many, answerAll]);
  });

  it('are not all taken by one caller whose searches are slow', async () => {
    const { store, open, paths, reached } = await silentStore(6);
    const gone = new AbortController();
    const many = Array.from({ length: 20 }, (_, i) =>
      store.search(
        { ...query, services: [`slow-${i}`] },
        { caller: 'greedy', signal: gone.signal },
      ),
    );
    await reached(4);
    const other = store.search(
      { ...query, services: ['other'] },
      { caller: 'other' },
    );
    await reached(5);
    expect(paths[4]).toBe('other');
    sendJson(open[4]!, { data: [] });
    expect(await other).toMatchObject({ traces: [] });
    expect(open).toHaveLength(5);
    gone.abort(new Error('left'));
    await Promise.allSettled(many);
  });
});
