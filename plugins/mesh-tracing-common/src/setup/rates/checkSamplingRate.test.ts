import fc from 'fast-check';
import {
  checkSamplingRate,
  MANY_TRACES_PER_SECOND,
  RAREST_FAILURE_S,
  WANTED_FAILURE_S,
} from './checkSamplingRate';
import { errorObjectiveOf } from './errorObjective';
import { secondsBetweenFailures, suggestPercentage } from './suggestPercentage';

const check = (
  samplingPercent: number,
  requestsPerSecond: number,
  errorObjectivePercent?: number,
) =>
  checkSamplingRate({
    samplingPercent,
    requestsPerSecond,
    errorObjectivePercent,
    mends: [],
  });
const valueOf = (found: ReturnType<typeof check>, fact: string) =>
  found?.evidence.find(each => each.fact === fact)?.value;

describe('a percentage that is too low for an objective', () => {
  it('is told of in time: at 0.1 % you see one failing trace in 40 minutes', () => {
    // 83.3 requests/s, of which 0.5 % fail and 0.1 % are traced: one in 2,401 s.
    const found = check(0.1, 83.3, 0.5);

    expect(found).toMatchObject({
      code: 'sampling-too-low-for-objective',
      severity: 'warning',
    });
    expect(found?.what).toContain(
      'At 0.1 % you see one failing trace in 40 minutes',
    );
    expect(valueOf(found, 'suggested-percent')).toBe(0.8);
  });

  it('is so only from half an hour on', () => {
    const rate = (seconds: number) => 1 / (0.01 * 0.01 * seconds);

    expect(check(1, rate(RAREST_FAILURE_S - 1), 1)).toBeUndefined();
    expect(check(1, rate(RAREST_FAILURE_S + 1), 1)?.code).toBe(
      'sampling-too-low-for-objective',
    );
  });

  it('is none where even all requests hold too few failures', () => {
    // One failure in 5,000 s, traced or not.
    expect(check(1, 0.02, 1)).toBeUndefined();
  });

  it('is none without an objective, without sampling and without requests', () => {
    expect(check(0.01, 5)).toBeUndefined();
    expect(check(0, 50, 1)).toBeUndefined();
    expect(check(1, 0, 1)).toBeUndefined();
  });
});

describe('a percentage that is higher than needed', () => {
  it('is told of with one that still shows failures', () => {
    const found = check(100, 2 * MANY_TRACES_PER_SECOND, 0.1);

    expect(found).toMatchObject({
      code: 'sampling-higher-than-needed',
      severity: 'info',
    });
    const percent = Number(valueOf(found, 'suggested-percent'));
    const everyS = secondsBetweenFailures({
      requestsPerSecond: 2 * MANY_TRACES_PER_SECOND,
      percent,
      errorRate: 0.001,
    });
    // Within a step of the percentage.
    expect((everyS ?? 0) / WANTED_FAILURE_S).toBeCloseTo(1, 2);
  });

  it('is none below a hundred traces a second, and none that a tenth would not do for', () => {
    expect(check(100, MANY_TRACES_PER_SECOND - 1, 0.1)).toBeUndefined();
    expect(check(1, 100 * MANY_TRACES_PER_SECOND, 0.001)).toBeUndefined();
  });
});

describe('the objective of an entity', () => {
  it.each([
    ['0.1%', 0.1],
    ['0.5 %', 0.5],
    ['2', 2],
    ['100%', 100],
    ['0', undefined],
    ['101%', undefined],
    ['often', undefined],
    ['', undefined],
  ])('%p is read as %p', (text, percent) => {
    expect(errorObjectiveOf({ 'meshtracing.io/error-objective': text })).toBe(
      percent,
    );
  });
});

describe('a suggested percentage', () => {
  it('shows its arithmetic: at 12.3 requests/s, 0.81 % give about 6 traces a minute', () => {
    expect(
      suggestPercentage({
        requestsPerSecond: 12.3,
        tracesPerMinute: 6,
        maxPercent: 100,
        errorRate: 0.01,
      }),
    ).toEqual({
      percent: 0.81,
      tracesPerMinute: expect.closeTo(5.98, 2),
      secondsBetweenFailures: expect.closeTo(1003.7, 1),
    });
  });

  it.each([
    ['the least that Envoy can tell apart', 100_000, 1, 100, 0.01, 'least'],
    ['the most that may be set', 1, 60, 10, 10, 'most'],
    ['all requests', 0.1, 60, 100, 100, 'requests'],
  ])('stays within %s', (_, rate, goal, maxPercent, percent, limitedBy) => {
    expect(
      suggestPercentage({
        requestsPerSecond: rate,
        tracesPerMinute: goal,
        maxPercent,
      }),
    ).toMatchObject({ percent, limitedBy });
  });

  it('is none without requests or without a goal', () => {
    const maxPercent = 100;
    const of = (requestsPerSecond: number, tracesPerMinute: number) =>
      suggestPercentage({ requestsPerSecond, tracesPerMinute, maxPercent });

    expect(of(0, 6)).toBeUndefined();
    expect(of(NaN, 6)).toBeUndefined();
    expect(of(5, 0)).toBeUndefined();
    expect(of(5, NaN)).toBeUndefined();
  });

  it('is in steps of 0.01 %, and misses its goal by no more than half of one', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 1e5, noNaN: true }),
        fc.double({ min: 0.1, max: 1e4, noNaN: true }),
        (requestsPerSecond, tracesPerMinute) => {
          const found = suggestPercentage({
            requestsPerSecond,
            tracesPerMinute,
            maxPercent: 100,
          });
          const steps = (found?.percent ?? 0) * 100;
          expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-9);
          const halfAStep = (requestsPerSecond * 60 * 0.005) / 100;
          const missed = Math.abs(
            (found?.tracesPerMinute ?? 0) - tracesPerMinute,
          );
          expect(
            found?.limitedBy !== undefined ||
              missed <= halfAStep * (1 + 1e-6) + 1e-9,
          ).toBe(true);
        },
      ),
    );
  });
});
