import fc from 'fast-check';
import {
  tracedShare,
  tracedShareFinding,
  type TracedShareInput,
} from './tracedShare';

const HOUR_MS = 3_600_000;

/** An hour of a service whose counters are read every 15 seconds. */
const input = (patch: Partial<TracedShareInput> = {}): TracedShareInput => ({
  tracedCount: 4_970,
  traceCount: 4_970,
  rootedTraceCount: 4_970,
  requestCount: 100_000,
  windowMs: HOUR_MS,
  resolutionMs: 15_000,
  configuredPercent: 5,
  ...patch,
});

/** Reproducible numbers from 0 to 1 (an LCG of Numerical Recipes). */
function fractions(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('the share of requests that was traced', () => {
  it('stands beside what is configured, with its bounds', () => {
    const share = tracedShare(input());
    expect(share?.seenPercent).toBeCloseTo(4.97, 6);
    expect(share?.lowPercent).toBeGreaterThan(4.7);
    expect(share?.highPercent).toBeLessThan(5.2);
    expect(tracedShareFinding(input())).toBeUndefined();
  });

  it.each([
    [10_000, 'traced-share-above-configured'],
    [1_000, 'traced-share-below-configured'],
    [0, 'traced-share-below-configured'],
  ])('is found to deviate: %d of 100,000 at 5 %%', (tracedCount, code) => {
    const found = tracedShareFinding(
      input({
        tracedCount,
        traceCount: tracedCount,
        rootedTraceCount: tracedCount,
      }),
    );
    expect(found).toMatchObject({ code, severity: 'warning' });
    expect(found?.what).toMatch(/^5 % of the requests are to be traced, /);
  });

  it('deviates by the decision of others where most traces began in front of it', () => {
    const found = tracedShareFinding(
      input({
        tracedCount: 50_000,
        traceCount: 50_000,
        rootedTraceCount: 1_000,
      }),
    );
    expect(found).toMatchObject({
      code: 'traced-share-decided-elsewhere',
      severity: 'info',
    });
    expect(found?.what).toContain('49000 of 50000 traces began in front');
  });

  it('is no finding where the sampling in force is not known', () => {
    expect(
      tracedShareFinding(input({ tracedCount: 0, configuredPercent: null })),
    ).toBeUndefined();
  });

  it('counts requests of one trace as one observation', () => {
    const apart = tracedShare(
      input({ tracedCount: 500, requestCount: 10_000 }),
    );
    const together = tracedShare(
      input({ tracedCount: 500, traceCount: 20, requestCount: 10_000 }),
    );
    const width = (share: typeof apart) =>
      (share?.highPercent ?? 0) - (share?.lowPercent ?? 0);
    expect(width(together)).toBeGreaterThan(2 * width(apart));
  });

  it('is as inexact as the estimate of how many were traced', () => {
    const estimated = input({
      tracedCount: 5_600,
      tracedBounds: { low: 4_800, high: 6_400 },
      traceCount: 400,
      rootedTraceCount: 400,
      requestsPerTrace: 1,
    });
    const share = tracedShare(estimated);
    expect(share?.lowPercent).toBeLessThan(4.8);
    expect(share?.highPercent).toBeGreaterThan(6.4);
    expect(tracedShareFinding(estimated)).toBeUndefined();
    expect(
      tracedShareFinding({ ...estimated, tracedBounds: undefined }),
    ).toBeDefined();
  });

  it.each([
    ['without a request', { requestCount: 0 }],
    ['in a stretch of a few readings', { windowMs: 60_000 }],
  ])('is not told %s', (_, patch) => {
    expect(tracedShare(input(patch))).toBeNull();
    expect(tracedShareFinding(input(patch))).toBeUndefined();
  });

  it('lies within its bounds, and these within 0 and 100', () => {
    fc.assert(
      fc.property(
        fc.record({
          tracedCount: fc.double({ min: 0, max: 1e6, noNaN: true }),
          traceCount: fc.nat(1_000_000),
          requestCount: fc.double({ min: 1e-3, max: 1e7, noNaN: true }),
          windowMs: fc.integer({ min: 1, max: 7 * 24 * HOUR_MS }),
          resolutionMs: fc.integer({ min: 0, max: 300_000 }),
        }),
        patch => {
          const share = tracedShare(input(patch));
          const {
            lowPercent: low,
            seenPercent: seen,
            highPercent: high,
          } = share ?? { lowPercent: 0, seenPercent: 0, highPercent: 0 };
          expect(low).toBeGreaterThanOrEqual(0);
          expect(seen).toBeGreaterThanOrEqual(low - 1e-9);
          expect(seen).toBeLessThanOrEqual(high + 1e-9);
          expect(high).toBeLessThanOrEqual(100);
        },
      ),
    );
  });

  it('cries wolf in fewer than one of a hundred looks at a service that is traced as configured', () => {
    const next = fractions(11);
    let found = 0;
    let covered = 0;
    const RUNS = 1_000;
    for (let run = 0; run < RUNS; run++) {
      const percent = 1 + 49 * next();
      const requestCount = 500;
      let tracedCount = 0;
      for (let request = 0; request < requestCount; request++) {
        tracedCount += next() * 100 < percent ? 1 : 0;
      }
      const of = input({
        tracedCount,
        traceCount: tracedCount,
        rootedTraceCount: tracedCount,
        requestCount,
        configuredPercent: percent,
        // The counters as exact as can be: what is left is the sampling.
        resolutionMs: 0,
        windowMs: 24 * HOUR_MS,
      });
      const share = tracedShare(of);
      found += tracedShareFinding(of) ? 1 : 0;
      covered +=
        share && share.lowPercent <= percent && share.highPercent >= percent
          ? 1
          : 0;
    }
    expect(found).toBeLessThan(RUNS / 100);
    expect(covered).toBeGreaterThanOrEqual(0.93 * RUNS);
  });
});
