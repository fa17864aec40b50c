import fc from 'fast-check';
import { storeError } from '../problems/StoreError';
import { planSearch, type PlanVariation } from './planSearch';
import { reviewOutcome } from './reviewOutcome';
import type { SearchFacts, SearchLimits } from './SearchPlan';
import type { SearchOutcome } from './SearchOutcome';
import type { PageFacts } from '../workers/TraceJob';

const facts: SearchFacts = {
  store: 'main',
  abilities: { search: 'legacy', detail: 'v3' },
  applies: {},
};
const limits: SearchLimits = {
  form: 'rows',
  pageSizes: { summaries: 501, spans: 200 },
  pages: 24,
};
const query = {
  services: ['a'],
  startTimeMs: 0,
  endTimeMs: 1000,
  limit: 10,
  minSpanDurationUs: 5,
};

const planOf = (filters: object, variation?: PlanVariation) =>
  planSearch({ ...query, ...filters }, facts, limits, variation);

const outcomeOf = (
  rest: Partial<SearchOutcome<PageFacts>>,
): SearchOutcome<PageFacts> => ({
  parts: [],
  fetchedCount: 0,
  matchedCount: 0,
  ...rest,
});

const unfinished = {
  service: 'a',
  slice: { startTimeMs: 0, endTimeMs: 1 },
  pages: [],
  complete: false,
  isCrowded: false,
  latestUs: new Map<string, number>(),
};

const failed = (code: 'unexpected-answer' | 'unsupported-combination') =>
  outcomeOf({
    failure:
      code === 'unexpected-answer'
        ? storeError('main', { code, status: 404, form: 'page' })
        : storeError('main', { code }),
  });

describe('the review of a plan that was run', () => {
  it('lets traces that were found prove the filters that were asked for', () => {
    expect(
      reviewOutcome(
        planOf({ errorsOnly: true }),
        outcomeOf({ matchedCount: 1 }),
      ),
    ).toEqual({
      lessons: [{ about: 'filter', filter: 'errors', applies: true }],
    });
  });

  it('takes an empty answer for the truth where no filter is unproven', () => {
    expect(reviewOutcome(planOf({}), outcomeOf({}))).toEqual({ lessons: [] });
  });

  it('doubts unproven filters after an empty answer', () => {
    expect(
      reviewOutcome(
        planOf({ errorsOnly: true, kind: 'client' }),
        outcomeOf({}),
      ),
    ).toEqual({
      lessons: [],
      next: {
        reason: 'filters-doubted',
        suspected: ['errors', 'span-kind'],
        keepsDurations: false,
      },
    });
  });

  it.each([
    [
      'condemns a filter without which there are traces',
      { errorsOnly: true },
      1,
      ['errors'],
    ],
    ['condemns none of two', { errorsOnly: true, kind: 'client' }, 1, []],
    ['learns nothing where there are none either', { errorsOnly: true }, 0, []],
  ])('%s', (_, filters, matchedCount, condemned) => {
    const { next } = reviewOutcome(planOf(filters), outcomeOf({}));
    expect(
      reviewOutcome(planOf(filters, next), outcomeOf({ matchedCount })),
    ).toEqual({
      lessons: condemned.map(filter => ({
        about: 'filter',
        filter,
        applies: false,
      })),
    });
  });

  it('searches all without a filter that one page showed to be useless', () => {
    const { next } = reviewOutcome(planOf({ errorsOnly: true }), outcomeOf({}));
    const trial = planOf({ errorsOnly: true }, next);
    expect(trial.pages.most).toBe(1);
    const after = reviewOutcome(
      trial,
      outcomeOf({ matchedCount: 1, parts: [unfinished] }),
    ).next;
    expect(after).toMatchObject({
      reason: 'filters-useless',
      suspected: ['errors'],
    });
    expect(planOf({ errorsOnly: true }, after).pages.most).toBe(24);
    expect(
      reviewOutcome(trial, outcomeOf({ parts: [unfinished] })).next,
    ).toBeUndefined();
  });

  it('keeps durations when the store cannot combine them, and only then', () => {
    const refused = failed('unsupported-combination');
    const plan = planOf({ errorsOnly: true });
    const { next } = reviewOutcome(plan, refused);
    expect(next).toEqual({
      reason: 'combination-refused',
      suspected: [],
      keepsDurations: true,
    });
    const second = planOf({ errorsOnly: true }, next);
    expect(reviewOutcome(second, refused).next).toBeUndefined();
    expect(
      reviewOutcome(planOf({ minSpanDurationUs: undefined }), refused).next,
    ).toBeUndefined();
  });

  it('forgets no suspicion when durations are refused in the second plan', () => {
    const { next } = reviewOutcome(planOf({ errorsOnly: true }), outcomeOf({}));
    const second = planOf({ errorsOnly: true }, next);
    const third = reviewOutcome(second, failed('unsupported-combination')).next;
    expect(third).toMatchObject({
      suspected: ['errors'],
      keepsDurations: true,
    });
    expect(
      reviewOutcome(
        planOf({ errorsOnly: true }, third),
        outcomeOf({ matchedCount: 1 }),
      ).lessons,
    ).toEqual([{ about: 'filter', filter: 'errors', applies: false }]);
  });

  it('asks for another dialect when the answer is none of the API', () => {
    expect(reviewOutcome(planOf({}), failed('unexpected-answer')).next).toEqual(
      {
        reason: 'dialect-changed',
        suspected: [],
        keepsDurations: false,
      },
    );
  });

  it('ends after five plans at the latest, however the store behaves', () => {
    const anyOutcome = fc.constantFrom(
      outcomeOf({}),
      outcomeOf({ matchedCount: 1 }),
      outcomeOf({ matchedCount: 1, parts: [unfinished] }),
      failed('unsupported-combination'),
    );
    fc.assert(
      fc.property(
        fc.array(anyOutcome, { minLength: 6, maxLength: 6 }),
        fc.record(
          { errorsOnly: fc.boolean(), kind: fc.constant('client') },
          { requiredKeys: [] },
        ),
        (outcomes, filters) => {
          let variation: PlanVariation | undefined;
          let plans = 0;
          for (const outcome of outcomes) {
            const plan = planOf(filters, variation);
            plans += 1;
            variation = reviewOutcome(plan, outcome).next;
            if (!variation) {
              break;
            }
          }
          expect(plans).toBeLessThanOrEqual(5);
        },
      ),
      { seed: 20261127 },
    );
  });

  it('gives up on any other failure, but keeps the page size that it learnt', () => {
    const part = {
      service: 'a',
      slice: { startTimeMs: 0, endTimeMs: 1 },
      pages: [],
      complete: false,
      isCrowded: false,
      latestUs: new Map<string, number>(),
    };
    expect(
      reviewOutcome(
        planOf({ errorsOnly: true }),
        outcomeOf({
          parts: [{ ...part, acceptedPageSize: 50 }, part],
          failure: storeError('main', { code: 'rate-limited' }),
        }),
      ),
    ).toEqual({ lessons: [{ about: 'page-size', mostTraces: 50 }] });
  });
});
