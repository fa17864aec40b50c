import { requiredHeaders } from './requiredHeaders';

const names = (kind?: string) => requiredHeaders(kind).map(({ name }) => name);

describe('headers that an application hands on', () => {
  it('are those of W3C for OpenTelemetry, and the request id', () => {
    expect(names('opentelemetry')).toEqual([
      'traceparent',
      'tracestate',
      'x-request-id',
    ]);
  });

  it('are those of B3 for Zipkin, with the decision to sample, and the request id', () => {
    expect(names('zipkin')).toEqual(
      expect.arrayContaining([
        'b3',
        'x-b3-traceid',
        'x-b3-sampled',
        'x-request-id',
      ]),
    );
    expect(names('zipkin')).not.toContain('traceparent');
  });

  it('are both where the provider is not known', () => {
    expect(names()).toEqual(
      expect.arrayContaining(['traceparent', 'x-b3-traceid', 'x-request-id']),
    );
  });
});
