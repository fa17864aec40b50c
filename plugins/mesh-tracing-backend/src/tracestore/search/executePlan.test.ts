import fc from 'fast-check';
import { storeError } from '../problems/StoreError';
import type { PageFacts } from '../workers/TraceJob';
import {
  executePlan,
  type PageClient,
  type PlannedRequest,
} from './executePlan';
import { planSearch } from './planSearch';
import type { SearchLimits, TimeSlice } from './SearchPlan';

const limits: SearchLimits = {
  form: 'rows',
  pageSizes: { summaries: 501, spans: 200 },
  pages: 24,
};
const query = { services: ['a'], startTimeMs: 0, endTimeMs: 6_000, limit: 100 };

const planOf = (rest: object = {}, less: Partial<SearchLimits> = {}) =>
  planSearch(
    { ...query, ...rest },
    {
      store: 'main',
      abilities: { search: 'legacy', detail: 'v3' },
      applies: {},
    },
    { ...limits, ...less },
  );

/** Slices of a second, newest first. */
const seconds = (count: number): TimeSlice[] =>
  Array.from({ length: count }, (_, i) => ({
    startTimeMs: (count - 1 - i) * 1000,
    endTimeMs: (count - i) * 1000,
  }));

const timesOf = (instantsMs: number[]) => {
  const us = instantsMs.map(ms => ms * 1000);
  return { startUs: us, endUs: us, matchUs: us };
};

/** A trace of each service in each of these instants, from a store that sends the newest first. */
function clientOf(
  instants: number[],
  before: (request: PlannedRequest) => Promise<void> | void = () => {},
) {
  const requests: PlannedRequest[] = [];
  const client: PageClient<PageFacts> = {
    fetchPage: async (_, request) => {
      requests.push(request);
      await before(request);
      const found = instants
        .filter(ms => ms >= request.startTimeMs && ms <= request.endTimeMs)
        .sort((a, b) => b - a)
        .slice(0, request.limit);
      return {
        foundSpanCount: found.length,
        traceIds: found.map(ms => `${request.service}${ms}`),
        times: timesOf(found),
      };
    },
    matchedIds: ({ traceIds }) => traceIds,
  };
  return { client, requests };
}

const everyMs = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('a plan that is run', () => {
  it('searches each slice for its own newest traces, and says which were read whole', async () => {
    const { client } = clientOf([
      10,
      20,
      1_500,
      ...everyMs(500).map(n => n + 2_100),
    ]);
    const { parts, fetchedCount } = await executePlan(
      planOf({}, { slices: seconds(3), wantedPerSlice: 5, pages: 1 }),
      client,
    );
    expect(
      parts.map(({ slice, pages, complete, searchedBackToMs }) => ({
        from: slice.startTimeMs,
        found: pages.flatMap(({ traceIds }) => traceIds),
        complete,
        searchedBackToMs,
      })),
    ).toMatchInlineSnapshot(`
      [
        {
          "complete": false,
          "found": [
            "a2599",
            "a2598",
            "a2597",
            "a2596",
            "a2595",
            "a2594",
          ],
          "from": 2000,
          "searchedBackToMs": 2594.001,
        },
        {
          "complete": true,
          "found": [
            "a1500",
          ],
          "from": 1000,
          "searchedBackToMs": undefined,
        },
        {
          "complete": true,
          "found": [
            "a20",
            "a10",
          ],
          "from": 0,
          "searchedBackToMs": undefined,
        },
      ]
    `);
    expect(fetchedCount).toBe(9);
  });

  it('finds the same traces in slices as in one, each counted once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 6_000 }), { maxLength: 50 }),
        async instants => {
          const whole = await executePlan(planOf(), clientOf(instants).client);
          const sliced = await executePlan(
            planOf({}, { slices: seconds(6) }),
            clientOf(instants).client,
          );
          const idsOf = ({ parts }: typeof whole) =>
            new Set(
              parts.flatMap(({ pages }) => pages.flatMap(p => p.traceIds)),
            );
          expect(idsOf(sliced)).toEqual(idsOf(whole));
          expect(sliced.matchedCount).toBe(instants.length);
          expect(sliced.parts.every(({ complete }) => complete)).toBe(true);
        },
      ),
      { seed: 20261127 },
    );
  });

  it('asks for each source in each slice side by side, page after page in each', async () => {
    let underWay = 0;
    let most = 0;
    const { client, requests } = clientOf(everyMs(3_000), async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
    });
    await executePlan(
      planOf(
        { services: ['a', 'b'] },
        { slices: seconds(3), wantedPerSlice: 20, pages: 2 },
      ),
      client,
    );
    expect(most).toBe(6);
    expect(requests).toHaveLength(6);
    expect(new Set(requests.map(({ service }) => service)).size).toBe(2);
  });

  it('searches no more than 24 parts at once, however many slices and names there are', async () => {
    let underWay = 0;
    let most = 0;
    const { client, requests } = clientOf(everyMs(6_000), async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
    });
    const services = Array.from({ length: 10 }, (_, i) => `s${i}`);
    const { parts } = await executePlan(
      planOf(
        { services },
        { slices: seconds(60), wantedPerSlice: 1, pages: 1 },
      ),
      client,
    );
    expect(most).toBe(24);
    expect(parts).toHaveLength(600);
    expect(requests).toHaveLength(600);
  });

  it('asks no further page once the signal is aborted', async () => {
    const gone = new AbortController();
    const { client, requests } = clientOf(everyMs(3_000), () => {
      gone.abort(new Error('left'));
    });
    await expect(
      executePlan(planOf({ limit: 2_000 }), client, gone.signal),
    ).rejects.toThrow('left');
    expect(requests).toHaveLength(1);
  });

  it('asks nothing at all when the signal was aborted before', async () => {
    const { client, requests } = clientOf([1]);
    const signal = AbortSignal.abort(new Error('left'));
    await expect(executePlan(planOf(), client, signal)).rejects.toThrow('left');
    expect(requests).toEqual([]);
  });

  it('hands the signal to each page, which ends in the middle of it', async () => {
    const gone = new AbortController();
    const signals: Array<AbortSignal | undefined> = [];
    const client: PageClient<PageFacts> = {
      fetchPage: async (_, __, signal) => {
        signals.push(signal);
        return new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        });
      },
      matchedIds: () => [],
    };
    const running = executePlan(
      planOf({}, { slices: seconds(3) }),
      client,
      gone.signal,
    );
    expect(signals).toHaveLength(3);
    gone.abort(new Error('left'));
    await expect(running).rejects.toThrow('left');
  });

  it('is left with the reason of the signal, also when some parts had ended', async () => {
    const gone = new AbortController();
    const { client } = clientOf([1], ({ service }) => {
      if (service === 'b') {
        gone.abort(new Error('left'));
        throw new Error('cut');
      }
    });
    await expect(
      executePlan(planOf({ services: ['a', 'b'] }), client, gone.signal),
    ).rejects.toThrow('left');
  });

  it('reports a part that fails beside the others, with what it had found before', async () => {
    let pages = 0;
    const { client } = clientOf(everyMs(3_000), ({ service }) => {
      pages += service === 'b' ? 1 : 0;
      if (service === 'b' && pages > 1) {
        throw storeError('main', { code: 'storage-failed', status: 500 });
      }
    });
    const { parts, failure } = await executePlan(
      planOf({ services: ['a', 'b'], limit: 1_000 }),
      client,
    );
    expect(failure).toBeUndefined();
    expect(
      parts.map(({ service, pages: read, error }) => [
        service,
        read.length > 0,
        error?.name,
      ]),
    ).toEqual([
      ['a', true, undefined],
      ['b', true, 'ServiceUnavailableError'],
    ]);
  });

  it.each([
    ['each part failed', ['a', 'b'], { code: 'rate-limited' as const }],
    [
      'one failed in a way that another plan may mend',
      ['b'],
      { code: 'unsupported-combination' as const },
    ],
  ])('has no answer when %s', async (_, failing, problem) => {
    const { client } = clientOf([1], ({ service }) => {
      if (failing.includes(service)) {
        throw storeError('main', problem);
      }
    });
    const { failure } = await executePlan(
      planOf({ services: ['a', 'b'] }),
      client,
    );
    expect(failure).toMatchObject({ problem });
  });
});
