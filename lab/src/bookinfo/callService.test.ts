import { forwardedHeaders } from './callService';

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
