import type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';
import { describePlan } from './describePlan';
import { planSearch } from './planSearch';
import type { SearchFacts, SearchLimits } from './SearchPlan';

const START_MS = Date.UTC(2026, 8, 21, 12);
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
const query: TraceQuery = {
  services: ['web.shop', 'web'],
  startTimeMs: START_MS,
  endTimeMs: START_MS + 3_600_000,
  limit: 100,
};

const lineOf = (asked: Partial<TraceQuery>, less: object = {}) =>
  describePlan(
    planSearch({ ...query, ...asked }, facts, { ...limits, ...less }),
  );

describe('a plan in one line of the log', () => {
  it('says what is asked, how often, and who filters', () => {
    expect(
      lineOf({
        errorsOnly: true,
        attributes: { a: 'b' },
        minTraceDurationUs: 1,
      }),
    ).toMatchInlineSnapshot(
      `"Trace store 'main' is searched for rows by legacy (asked): spans of "web.shop", spans of "web"; 1 slice of 2026-09-21T12:00:00.000Z to 2026-09-21T13:00:00.000Z; pages of 200, at most 24, until 100 match; the store filters by errors, attributes; the portal by trace-duration; unproven errors"`,
    );
  });

  it('counts slices, and names that are too many', () => {
    const slices = [0, 1, 2].map(n => ({
      startTimeMs: START_MS + n * 10,
      endTimeMs: START_MS + n * 10 + 10,
    }));
    expect(
      lineOf({ services: ['a', 'b', 'c', 'd', 'e'] }, { slices }),
    ).toMatchInlineSnapshot(
      `"Trace store 'main' is searched for rows by legacy (asked): spans of "a", spans of "b", spans of "c", 2 more; 3 slices of 2026-09-21T12:00:00.000Z to 2026-09-21T12:00:00.030Z; pages of 101, at most 24, until 100 match; the store filters by nothing; the portal by nothing"`,
    );
  });

  it('holds no value of a filter, and nothing of whose traces are meant', () => {
    const line = lineOf({
      operation: 'GET /reset?token=s3cret-1',
      kind: 'server',
      attributes: { 's3cret-2': 's3cret-3' },
      subject: {
        services: ['s3cret-4'],
        workloads: [
          { namespace: 's3cret-5', name: 's3cret-6', pods: ['s3cret-7'] },
        ],
      },
    });
    expect(line).not.toContain('s3cret');
    expect(line).toContain('operation, span-kind, attributes');
  });

  it('stays one bounded line, whatever services are called', () => {
    const services = Array.from(
      { length: 400 },
      (_, i) => `line\nbreak "${i}" ${'x'.repeat(5_000)}`,
    );
    const line = lineOf({ services });
    expect(line).not.toContain('\n');
    expect(line.length).toBeLessThanOrEqual(800);
    expect(line).toContain('397 more');
  });
});
