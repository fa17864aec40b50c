import type { SampleEstimate } from './model';
import { sampleConfidence } from './sampleConfidence';

describe('sampleConfidence', () => {
  it('does not sell 3 errors of 12 as 25 %', () => {
    const confidence = sampleConfidence(12, 3, 1);
    expect(confidence.errorRate).toBe(0.25);
    expect(confidence.errorRateLow).toBeCloseTo(0.0889, 3);
    expect(confidence.errorRateHigh).toBeCloseTo(0.5323, 3);
    expect(confidence.supportsP99).toBe(false);
    expect(confidence.statement).toBe(
      '3 errors in 12 sampled requests (1 % are sampled): of all requests, between 8.9 % and 53.2 % fail (95 % confidence).',
    );
  });

  it('does not round a small share to nothing', () => {
    expect(sampleConfidence(10_000, 40, 100).statement).toMatch(
      /0\.29 % and 0\.54 %/,
    );
  });

  it('adds to the chance of sampling that of reading only some of the traced requests', () => {
    const read = sampleConfidence(4_000, 40, 10);
    const estimate: SampleEstimate = {
      sampleCount: 400,
      designEffect: 2,
      count: { low: 3_500, high: 4_500 },
      errorRate: { low: 0.004, high: 0.025 },
      p50Us: { low: 1, high: 2 },
      p95Us: { low: 1, high: 2 },
      p99Us: null,
    };
    const some = sampleConfidence(4_000, 40, 10, estimate);
    expect(some.errorRate).toBe(0.01);
    expect(some.errorRateLow).toBeLessThan(read.errorRateLow);
    expect(some.errorRateLow).toBeLessThan(0.004);
    expect(some.errorRateHigh).toBeGreaterThan(0.025);
    expect(some).toMatchObject({ sampleSize: 400, supportsP99: true });
    expect(some.statement).toMatch(
      /^About 40 errors in about 4000 sampled requests \(10 % are sampled\), as 400 of them tell/,
    );
    const traced = sampleConfidence(4_000, 40, 100, estimate);
    expect([traced.errorRateLow, traced.errorRateHigh]).toEqual([0.004, 0.025]);
  });

  it('says nothing without a request', () => {
    expect(sampleConfidence(0, 0, null)).toMatchObject({ errorRate: null });
  });
});
