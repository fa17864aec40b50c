import fc from 'fast-check';
import type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';
import type { JaegerDialect } from '../config/JaegerStoreConfig';
import { planSearch, type PlanVariation } from './planSearch';
import type { SpanFilterName } from './searchFilters';
import type { SearchFacts, SearchLimits, SearchPlan } from './SearchPlan';

const query: TraceQuery = {
  services: ['web.shop'],
  startTimeMs: 1_790_000_000_000,
  endTimeMs: 1_790_003_600_000,
  limit: 100,
};

const everyFilter: TraceQuery = {
  ...query,
  operation: 'GET /',
  errorsOnly: true,
  kind: 'server',
  attributes: { 'http.status_code': '500' },
  minSpanDurationUs: 1000,
  maxTraceDurationUs: 2000,
};

const limits: SearchLimits = {
  form: 'rows',
  pageSizes: { summaries: 501, spans: 200 },
  pages: 24,
};

const factsOf = (
  search: JaegerDialect,
  rest: Partial<SearchFacts> = {},
): SearchFacts => ({
  store: 'main',
  abilities: { search, detail: search === 'legacy' ? 'legacy' : 'v3' },
  applies: {},
  ...rest,
});

const variation = (rest: Partial<PlanVariation>): PlanVariation => ({
  reason: 'filters-doubted',
  suspected: [],
  keepsDurations: false,
  ...rest,
});

describe('the plan of a search', () => {
  it('is plain data that says all that will be asked', () => {
    expect(planSearch(everyFilter, factsOf('legacy'), limits))
      .toMatchInlineSnapshot(`
      {
        "dialect": "legacy",
        "form": "rows",
        "kept": [
          "trace-duration",
        ],
        "pages": {
          "largest": 200,
          "most": 24,
          "size": 200,
          "wanted": 100,
        },
        "pushed": [
          "operation",
          "errors",
          "span-kind",
          "attributes",
          "span-duration",
        ],
        "query": {
          "attributes": {
            "http.status_code": "500",
          },
          "endTimeMs": 1790003600000,
          "errorsOnly": true,
          "kind": "server",
          "limit": 100,
          "maxTraceDurationUs": 2000,
          "minSpanDurationUs": 1000,
          "operation": "GET /",
          "services": [
            "web.shop",
          ],
          "startTimeMs": 1790000000000,
        },
        "reason": "asked",
        "slices": [
          {
            "endTimeMs": 1790003600000,
            "startTimeMs": 1790000000000,
          },
        ],
        "sources": [
          {
            "resource": "spans",
            "service": "web.shop",
          },
        ],
        "store": "main",
        "suspected": [],
        "unproven": [
          "errors",
          "span-kind",
        ],
      }
    `);
  });

  it.each<[JaegerDialect, Partial<SearchPlan>]>([
    [
      'summaries',
      {
        pushed: [
          'operation',
          'errors',
          'span-kind',
          'attributes',
          'span-duration',
        ],
        kept: ['trace-duration'],
        unproven: [],
        sources: [{ service: 'web.shop', resource: 'spans' }],
      },
    ],
    [
      'legacy',
      {
        pushed: [
          'operation',
          'errors',
          'span-kind',
          'attributes',
          'span-duration',
        ],
        kept: ['trace-duration'],
        unproven: ['errors', 'span-kind'],
        sources: [{ service: 'web.shop', resource: 'spans' }],
      },
    ],
    [
      'v3',
      {
        pushed: ['operation', 'span-duration'],
        kept: ['errors', 'span-kind', 'attributes', 'trace-duration'],
        unproven: [],
        sources: [{ service: 'web.shop', resource: 'spans' }],
      },
    ],
  ])(
    'pushes down the filters that the dialect %s can carry and keeps the others',
    (dialect, expected) => {
      expect(planSearch(everyFilter, factsOf(dialect), limits)).toMatchObject(
        expected,
      );
    },
  );

  it('keeps filters that this store was seen not to apply, and trusts those that worked', () => {
    const facts = factsOf('legacy', {
      applies: { errors: false, 'span-kind': true },
    });
    expect(planSearch(everyFilter, facts, limits)).toMatchObject({
      kept: ['errors', 'trace-duration'],
      unproven: [],
    });
  });

  it('varies: suspected filters are kept, and durations where tags exclude them', () => {
    const facts = factsOf('legacy');
    expect(
      planSearch(
        everyFilter,
        facts,
        limits,
        variation({ suspected: ['errors', 'span-kind'] }),
      ),
    ).toMatchObject({
      reason: 'filters-doubted',
      kept: ['errors', 'span-kind', 'trace-duration'],
      unproven: [],
    });
    expect(
      planSearch(
        everyFilter,
        facts,
        limits,
        variation({ reason: 'combination-refused', keepsDurations: true }),
      ),
    ).toMatchObject({
      kept: ['span-duration', 'trace-duration'],
      unproven: ['errors', 'span-kind'],
    });
  });

  it.each<
    [string, TraceQuery, Partial<SearchFacts>, Partial<SearchLimits>, number]
  >([
    ['one more than wanted', query, {}, {}, 101],
    [
      'more where filters are kept',
      { ...query, maxTraceDurationUs: 1 },
      {},
      {},
      301,
    ],
    ['no more rows than a page holds', { ...query, limit: 1000 }, {}, {}, 501],
    [
      'no more spans than a page holds',
      { ...query, limit: 1000 },
      {},
      { form: 'columns' },
      200,
    ],
    [
      'no more than the store is known to return',
      query,
      { mostTraces: 50 },
      {},
      50,
    ],
    ['one more than a slice is to give', query, {}, { wantedPerSlice: 10 }, 11],
  ])('asks at once for %s', (_, asked, facts, less, size) => {
    const plan = planSearch(asked, factsOf('summaries', facts), {
      ...limits,
      ...less,
    });
    expect(plan.pages.size).toBe(size);
  });

  it('reads each name once, as rows only where the name alone tells whose traces they are', () => {
    const subject = {
      services: ['web'],
      workloads: [{ namespace: 'shop', name: 'web' }],
    };
    const services = ['web.shop', 'web', 'web.shop'];
    const { sources, pages } = planSearch(
      { ...query, services, subject, limit: 300 },
      factsOf('summaries'),
      limits,
    );
    expect(sources).toEqual([
      { service: 'web.shop', resource: 'summaries' },
      { service: 'web', resource: 'spans' },
    ]);
    expect(pages.size).toBe(200);
  });

  it.each<[string, Partial<TraceQuery>, 'summaries' | 'spans']>([
    ['no filter', {}, 'summaries'],
    ['one', { errorsOnly: true }, 'summaries'],
    [
      'two, which may be true of two spans',
      { errorsOnly: true, operation: 'GET /' },
      'spans',
    ],
    ['two attributes', { attributes: { a: '1', b: '2' } }, 'spans'],
    [
      'a duration, which may be that of another service',
      { maxSpanDurationUs: 2_000 },
      'spans',
    ],
  ])(
    'reads rows or spans by what rows can be trusted with: %s',
    (_, filters, resource) => {
      expect(
        planSearch({ ...query, ...filters }, factsOf('summaries'), limits)
          .sources,
      ).toEqual([{ service: 'web.shop', resource }]);
    },
  );

  it('searches the whole window at once, or the slices that it is given', () => {
    const { startTimeMs, endTimeMs } = query;
    expect(planSearch(query, factsOf('legacy'), limits).slices).toEqual([
      { startTimeMs, endTimeMs },
    ]);
    const slices = [
      { startTimeMs: startTimeMs + 10, endTimeMs },
      { startTimeMs, endTimeMs: startTimeMs + 10 },
    ];
    expect(
      planSearch(query, factsOf('legacy'), { ...limits, slices }).slices,
    ).toEqual(slices);
  });

  it('either pushes or keeps each filter of the query, whatever is known', () => {
    const anyQuery = fc.record(
      {
        operation: fc.string(),
        errorsOnly: fc.boolean(),
        kind: fc.constantFrom('server' as const, 'client' as const),
        attributes: fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 }),
        minSpanDurationUs: fc.nat(),
        maxSpanDurationUs: fc.nat(),
        minTraceDurationUs: fc.nat(),
      },
      { requiredKeys: [] },
    );
    const anyFilters = fc.subarray<SpanFilterName>(['errors', 'span-kind']);
    fc.assert(
      fc.property(
        anyQuery,
        fc.constantFrom<JaegerDialect>('summaries', 'v3', 'legacy'),
        anyFilters,
        anyFilters,
        fc.boolean(),
        (filters, dialect, failing, suspected, keepsDurations) => {
          const applies = Object.fromEntries(
            failing.map(name => [name, false]),
          );
          const asked = { ...query, ...filters };
          const plan = planSearch(
            asked,
            factsOf(dialect, { applies }),
            limits,
            variation({ suspected, keepsDurations }),
          );
          const all = [...plan.pushed, ...plan.kept];
          expect(new Set(all).size).toBe(all.length);
          expect(all.includes('errors')).toBe(filters.errorsOnly === true);
          expect(all.includes('span-duration')).toBe(
            filters.minSpanDurationUs !== undefined ||
              filters.maxSpanDurationUs !== undefined,
          );
          expect(plan.pushed).toEqual(
            expect.arrayContaining([...plan.unproven]),
          );
          [...failing, ...suspected].forEach(name =>
            expect(plan.pushed).not.toContain(name),
          );
          expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
        },
      ),
      { seed: 20261127 },
    );
  });
});
