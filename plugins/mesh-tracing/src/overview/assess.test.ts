import {
  dependenciesResponse,
  latencyResponse,
  statistics,
} from '../__testUtils__';
import { assess } from './assess';

function latencyOf(
  now: Parameters<typeof statistics>[0],
  before: Parameters<typeof statistics>[0] | null = {},
) {
  const response = latencyResponse({
    previous: before && statistics(before),
  });
  return {
    ...response,
    latency: { ...response.latency, overall: statistics(now) },
  };
}

describe('assess', () => {
  it('has no opinion without requests', () => {
    const response = latencyResponse();
    response.latency.overall = null;

    expect(assess(response).state).toBe('no-data');
  });

  it('calls one failed request in twenty failing', () => {
    expect(assess(latencyOf({ count: 100, errorCount: 5 })).state).toBe(
      'failing',
    );
    expect(assess(latencyOf({ count: 100, errorCount: 4 })).state).toBe(
      'errors',
    );
  });

  it('calls half as slow again slower, if both windows hold enough', () => {
    const slow = { errorCount: 0, p95Us: 150_000 };
    expect(assess(latencyOf(slow, { p95Us: 100_000 })).state).toBe('slower');
    expect(assess(latencyOf(slow, { p95Us: 100_000, count: 3 })).state).toBe(
      'healthy',
    );
    expect(assess(latencyOf(slow, null)).state).toBe('healthy');
  });

  it('names the call that fails most and where time goes', () => {
    const assessment = assess(latencyResponse(), dependenciesResponse());

    expect(assessment.worstCall).toEqual({
      name: 'payments.shop',
      callCount: 100,
      errorCount: 16,
    });
    expect(assessment.slowest).toEqual({
      service: 'payments.shop',
      operation: 'POST /pay',
      share: 0.7,
    });
  });
});
