import fc from 'fast-check';
import { judgeOverview } from './judgeOverview';
import { type OverviewFigures } from './OverviewFigures';
import { VERDICT_LEVELS, type VerdictLevel } from './OverviewVerdict';
import {
  anyFigures,
  edge,
  figures,
  requests,
  workloadWith,
} from '../testing/overviewFigures';

const kindsOf = (of: OverviewFigures) =>
  judgeOverview(of).reasons.map(({ kind }) => kind);

describe('the verdict on an entity', () => {
  it('is good when all of the page is known and good', () => {
    expect(judgeOverview(figures())).toMatchObject({
      level: 'good',
      reasons: [],
      requestCount: 200,
      comparison: 'similar',
      missing: [],
    });
  });

  it.each([
    ['without requests', figures({ now: null })],
    ['while calls are not known', { ...figures(), dependencies: undefined }],
    ['while findings are not known', { ...figures(), tracing: undefined }],
    ['while requests are not known', { ...figures(), latency: undefined }],
  ])('is unknown, not good, %s', (_, of) => {
    expect(judgeOverview(of).level).toBe('unknown');
  });

  it.each([
    ['nothing', null],
    ['too few requests', requests(3)],
    ['similar', requests(100)],
    ['fewer errors', requests(100, 90)],
  ])('says that against the window before it is: %s', (comparison, before) => {
    expect(judgeOverview(figures({ before })).comparison).toBe(comparison);
  });

  it.each<[string, number, number, VerdictLevel]>([
    ['one broken request in twenty', 10, 500, 'critical'],
    ['fewer', 9, 500, 'warning'],
    ['one in twenty that timed out', 10, 408, 'critical'],
    ['declined cards', 40, 402, 'notice'],
    ['nearly every request refused', 150, 401, 'warning'],
  ])('weighs %s', (_, errorCount, code, level) => {
    const now = requests(200, errorCount, code);
    const verdict = judgeOverview(figures({ now, before: null }));
    expect(verdict.level).toBe(level);
    expect(
      verdict.reasons.find(({ kind }) => kind === 'failed-requests'),
    ).toMatchObject({
      level,
      errorCount,
      failures: [{ protocol: 'http', code, count: errorCount }],
    });
  });

  it.each<[string, number, VerdictLevel]>([
    ['leave no doubt that one in twenty breaks', 0.06, 'critical'],
    ['leave room for fewer', 0.03, 'warning'],
  ])(
    'of a sample weighs broken requests by its bounds, which %s',
    (_, low, level) => {
      const counted = requests(200, 20, 500);
      const now = counted && {
        ...counted,
        estimate: {
          sampleCount: 100,
          designEffect: 1,
          count: { low: 150, high: 250 },
          errorRate: { low, high: 0.2 },
          p50Us: null,
          p95Us: null,
          p99Us: null,
        },
      };
      expect(judgeOverview(figures({ now, before: null })).level).toBe(level);
    },
  );

  it('takes failures without a code for broken, not for refused', () => {
    const counted = requests(200, 20, 402);
    const now = counted && { ...counted, failures: undefined };
    expect(judgeOverview(figures({ now })).level).toBe('critical');
  });

  it('is not good while calls that the entity makes fail', () => {
    const edges = [edge('payment', 'outbound', 357, 16, 503)];
    expect(judgeOverview(figures({ edges }))).toMatchObject({
      level: 'warning',
      reasons: [{ kind: 'failed-calls', name: 'payment', errorCount: 16 }],
    });
  });

  it('names the calls that fail most by rate, not by count', () => {
    const edges = [
      edge('busy', 'outbound', 10_000, 60),
      edge('broken', 'outbound', 50, 30),
      edge('rare', 'outbound', 1, 1),
    ];
    expect(judgeOverview(figures({ edges })).reasons).toMatchObject([
      { kind: 'failed-calls', name: 'broken' },
    ]);
  });

  it('tells broken calls before refused ones, however many', () => {
    const edges = [
      edge('cards', 'outbound', 100, 40, 402),
      edge('stock', 'outbound', 100, 2, 503),
    ];
    expect(judgeOverview(figures({ edges })).reasons).toMatchObject([
      { kind: 'failed-calls', name: 'stock', level: 'warning' },
    ]);
  });

  it('counts failures that callers saw and the entity did not', () => {
    const edges = [edge('web', 'inbound', 100, 30, 504)];
    expect(judgeOverview(figures({ edges }))).toMatchObject({
      level: 'critical',
      reasons: [{ kind: 'failed-callers', name: 'web', totalCount: 100 }],
    });
    const now = requests(100, 30, 503);
    expect(kindsOf(figures({ edges, now }))).not.toContain('failed-callers');
  });

  it('names the version that does worse, whichever has more requests', () => {
    const [bad, good] = [requests(200, 60), requests(200)];
    if (!bad || !good) {
      throw new Error('No requests');
    }
    expect(
      judgeOverview(figures({ versions: [{ worse: bad, than: good }] }))
        .reasons,
    ).toMatchObject([
      { kind: 'version', what: 'more errors', version: 'v2', against: 'v1' },
    ]);
    expect(
      judgeOverview(figures({ versions: [{ worse: good, than: bad }] }))
        .reasons,
    ).toMatchObject([
      { kind: 'version', what: 'more errors', version: 'v1', against: 'v2' },
    ]);
  });

  it('takes a faster version for good news', () => {
    const [fast, slow] = [requests(200, 0, 500, 500), requests(200)];
    if (!fast || !slow) {
      throw new Error('No requests');
    }
    expect(
      judgeOverview(figures({ versions: [{ worse: fast, than: slow }] })).level,
    ).toBe('good');
  });

  it('is as bad as the worst finding of the mesh', () => {
    const of = (severity: 'error' | 'warning' | 'info') =>
      judgeOverview(figures({ workloads: [workloadWith([severity])] })).level;
    expect([of('error'), of('warning'), of('info')]).toEqual([
      'critical',
      'warning',
      'good',
    ]);
  });

  it('says when no span leaves the workloads', () => {
    const workloads = [workloadWith([], 'no-tracer'), workloadWith()];
    expect(judgeOverview(figures({ workloads })).reasons).toEqual([
      {
        kind: 'not-traced',
        level: 'notice',
        why: 'no-tracer',
        workloadCount: 1,
        ofWorkloads: 2,
      },
    ]);
  });

  it('says since when the figures are, if only the newest were read', () => {
    const of = figures();
    const coverage = {
      ...of.latency.coverage,
      complete: false,
      oldestStartTimeMs: 7,
    };
    const latency = { ...of.latency, coverage };
    expect(judgeOverview({ ...of, latency }).sinceMs).toBe(7);
    expect(judgeOverview(of).sinceMs).toBeUndefined();
  });
});

describe('the verdict beside the page', () => {
  /** The reddest mark that the page bears below the verdict. */
  function reddest(of: OverviewFigures): VerdictLevel {
    const marks: VerdictLevel[] = ['good'];
    const mark = (errorCount: number, total: number, refused: number) => {
      if (errorCount > refused) {
        const share = (errorCount - refused) / total;
        marks.push(share >= 0.05 ? 'critical' : 'warning');
      } else if (errorCount > 0) {
        marks.push('notice');
      }
    };
    const refusedOf = (failures: Array<{ code: number; count: number }> = []) =>
      failures
        .filter(({ code }) => code === 402 || code === 404)
        .reduce((sum, { count }) => sum + count, 0);
    const overall = of.latency?.latency.overall;
    if (overall) {
      mark(overall.errorCount, overall.count, refusedOf(overall.failures));
    }
    for (const item of of.dependencies?.edges ?? []) {
      mark(item.errorCount, item.callCount, refusedOf(item.failures));
    }
    for (const { effective } of of.tracing?.workloads ?? []) {
      for (const { severity } of effective.findings) {
        if (severity !== 'info') {
          marks.push(severity === 'error' ? 'critical' : 'warning');
        }
      }
    }
    const compared = [
      of.latency?.comparison,
      ...(of.latency?.versionComparisons ?? []).map(item => item.comparison),
    ];
    for (const comparison of compared) {
      if (
        comparison?.verdict === 'slower' ||
        comparison?.verdict === 'more errors'
      ) {
        marks.push('warning');
      }
    }
    return marks.reduce((worst, level) =>
      VERDICT_LEVELS.indexOf(level) > VERDICT_LEVELS.indexOf(worst)
        ? level
        : worst,
    );
  }

  it('is never greener than the page, and green only if all is known', () => {
    fc.assert(
      fc.property(anyFigures, of => {
        const { level, missing, requestCount } = judgeOverview(of);
        expect(VERDICT_LEVELS.indexOf(level)).toBeGreaterThanOrEqual(
          VERDICT_LEVELS.indexOf(reddest(of)),
        );
        const isKnown = missing.length === 0 && requestCount > 0;
        expect(level !== 'good' || isKnown).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells the worst first, and nothing of what was not compared', () => {
    fc.assert(
      fc.property(anyFigures, of => {
        const { reasons, level, comparison } = judgeOverview(of);
        const ranks = reasons.map(reason =>
          VERDICT_LEVELS.indexOf(reason.level),
        );
        expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
        expect(level).toBe(reasons[0]?.level ?? level);
        const isCompared = Boolean(of.latency?.previous);
        const kinds = reasons.map(({ kind }) => kind);
        expect(isCompared || comparison === 'nothing').toBe(true);
        expect(isCompared || !kinds.includes('changed')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
