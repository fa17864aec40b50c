import { forwardedHeaders, HeaderForwarding } from './HeaderForwarding';

describe('forwardedHeaders', () => {
  it('passes on what joins spans to the trace, and the tenant', () => {
    const trace = {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      tracestate: 'a=b',
      'x-request-id': '1',
      b3: '0',
      'x-b3-traceid': '1',
      'x-b3-spanid': '2',
      'x-b3-parentspanid': '3',
      'x-b3-sampled': '1',
      'x-b3-flags': '0',
      'x-client-trace-id': 'c',
      'x-tenant': 'acme',
    };

    expect(
      forwardedHeaders({ ...trace, host: 'frontend:9080', cookie: 'c=1' }),
    ).toEqual(trace);
  });
});

describe('a service that misbehaves', () => {
  const incoming = { traceparent: 't', 'x-request-id': 'r', 'x-tenant': 'a' };
  const reviews = { app: 'reviews', version: 'v2' } as const;

  it.each([
    ['none', {}],
    ['request-id', { 'x-request-id': 'r' }],
    ['trace-context', { traceparent: 't' }],
  ] as const)('forwards %s of the tracing headers', (forwards, left) => {
    const forwarding = HeaderForwarding.create();
    forwarding.set({ service: 'reviews-v2', share: 1, forwards, seed: 1 });
    expect(forwarding.headersOf(reviews, incoming)).toEqual({
      ...left,
      'x-tenant': 'a',
    });
    expect(
      forwarding.headersOf({ app: 'reviews', version: 'v1' }, incoming),
    ).toEqual(incoming);
  });

  it('does so for a share of its calls, which it counts', () => {
    const forwarding = HeaderForwarding.create();
    const service = 'reviews-v2';
    forwarding.set({ service, share: 0.25, forwards: 'none', seed: 1 });
    const sent = Array.from({ length: 1_000 }, () =>
      forwarding.headersOf(reviews, incoming),
    );
    const dropped = sent.filter(({ traceparent }) => !traceparent).length;
    expect(forwarding.counts(service)).toEqual({ calls: 1_000, dropped });
    expect(dropped).toBeGreaterThan(200);
    expect(dropped).toBeLessThan(300);
  });
});
