import fc from 'fast-check';
import { ResponseTooLargeError } from '../../http/ResponseTooLargeError';
import type { TimeSlice } from '../SearchPlan';
import { walkSearch } from './walkSearch';

const timesOf = (instantsMs: number[]) => {
  const us = instantsMs.map(ms => ms * 1000);
  return { startUs: us, endUs: us, matchUs: us };
};

/** A store of instants, which answers in one of three orders. */
function storeOf(instants: number[], order: 'newest' | 'oldest' | 'any') {
  return async ({ startTimeMs, endTimeMs }: TimeSlice, limit: number) => {
    const found = instants
      .map((startMs, i) => ({ startMs, id: `t${i}` }))
      .filter(({ startMs }) => startMs >= startTimeMs && startMs <= endTimeMs);
    if (order !== 'any') {
      found.sort((a, b) =>
        order === 'newest' ? b.startMs - a.startMs : a.startMs - b.startMs,
      );
    }
    const page = found.slice(0, limit);
    return {
      page,
      foundSpanCount: page.length,
      traceIds: page.map(item => item.id),
      times: timesOf(page.map(item => item.startMs)),
      isOfNewest: page.every(item =>
        found.slice(limit).every(left => left.startMs <= item.startMs),
      ),
    };
  };
}

describe('walkSearch', () => {
  it('sees every trace after the point that it says it searched back to', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 5_000 }), { maxLength: 60 }),
        fc.constantFrom('newest' as const, 'oldest' as const, 'any' as const),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 40 }),
        async (instants, order, pageSize, maxPages) => {
          const seen = new Map<string, number>();
          const result = await walkSearch({
            startTimeMs: 0,
            endTimeMs: 5_000,
            wanted: 25,
            pageSize,
            maxPages,
            fetchPage: storeOf(instants, order),
            isOfNewest: async (_, { isOfNewest }) => isOfNewest,
            accept: ({ page, traceIds }) => {
              page.forEach(item => seen.set(item.id, item.startMs));
              return traceIds;
            },
          });
          const from = result.complete ? -1 : result.searchedBackToMs ?? 5_000;
          // More traces in one instant than a page holds cannot be told apart.
          const distinct = new Set(instants).size === instants.length;
          const missed = instants.filter(
            (startMs, i) => distinct && startMs > from && !seen.has(`t${i}`),
          );
          expect(missed).toEqual([]);
        },
      ),
    );
  });

  it('asks for less when an answer is too large, and gives up at a single trace', async () => {
    const limits: number[] = [];
    await expect(
      walkSearch({
        startTimeMs: 0,
        endTimeMs: 1,
        wanted: 1,
        pageSize: 50,
        maxPages: 10,
        fetchPage: async (_, limit) => {
          limits.push(limit);
          throw new ResponseTooLargeError(1);
        },
        accept: () => [],
      }),
    ).rejects.toThrow(ResponseTooLargeError);
    expect(limits).toEqual([50, 12, 3, 1]);
  });

  describe('where each trace has ten spans of the service, of which the store reads three for each that is asked for', () => {
    const instants = Array.from({ length: 40 }, (_, n) => n * 10);
    const walkOf = async (mayHideTraces: boolean) => {
      const seen = new Set<string>();
      let requests = 0;
      const result = await walkSearch({
        startTimeMs: 0,
        endTimeMs: 5_000,
        wanted: 50,
        pageSize: 50,
        maxPages: 20,
        fetchPage: async (slice: TimeSlice, limit: number) => {
          requests += 1;
          const all = await storeOf(instants, 'newest')(slice, limit);
          const traceIds = all.traceIds.slice(0, (limit * 3) / 10);
          return {
            traceIds,
            foundSpanCount: traceIds.length * 10,
            times: timesOf(
              all.page.slice(0, traceIds.length).map(({ startMs }) => startMs),
            ),
          };
        },
        mayHideTraces: async () => mayHideTraces,
        accept: ({ traceIds }) => {
          traceIds.forEach(id => seen.add(id));
          return traceIds;
        },
      });
      return { seen: seen.size, requests, complete: result.complete };
    };

    it('a page that is not full proves nothing, and its slice is cut', async () => {
      const { seen, complete } = await walkOf(true);
      expect({ seen, complete }).toEqual({ seen: 40, complete: true });
    });

    it('asks once where the store is known to be another', async () => {
      expect(await walkOf(false)).toMatchObject({ requests: 1 });
    });
  });
});
