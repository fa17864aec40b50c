import { decisionHeaders } from './incomingDecision';

describe('the headers of a request that brings a decision along', () => {
  it('hold a request id with the reason of a proxy that sampled', () => {
    const headers = decisionHeaders('request id and traceparent, sampled');
    expect(headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(headers['x-request-id']).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-9[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    );
  });

  it('hold a request id without a reason where it did not sample', () => {
    const headers = decisionHeaders('request id and traceparent, not sampled');
    expect(headers.traceparent).toMatch(/-00$/);
    expect(headers['x-request-id']?.[14]).toBe('4');
  });

  it('hold no request id where the caller lost it', () => {
    expect(Object.keys(decisionHeaders('traceparent alone, sampled'))).toEqual([
      'traceparent',
    ]);
  });

  it('are none without a decision, and new for each request', () => {
    expect(decisionHeaders('nothing')).toEqual({});
    const [first, second] = [1, 2].map(() =>
      decisionHeaders('traceparent alone, sampled'),
    );
    expect(first).not.toEqual(second);
  });
});
