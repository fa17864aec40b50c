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

  it('says nothing without a request', () => {
    expect(sampleConfidence(0, 0, null)).toMatchObject({ errorRate: null });
  });
});
