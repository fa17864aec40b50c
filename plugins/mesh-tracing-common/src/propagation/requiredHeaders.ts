/**
 * Why a header is handed on: it names the trace and the parent; it lets a request be
 * found again in access logs, and holds the proxies' decision to sample; or it holds
 * that decision for the tracer.
 * @public
 */
export type HeaderPurpose = 'trace-context' | 'request-id' | 'decision';

/** A header that an application hands on from a request to the calls for it. @public */
export interface RequiredHeader {
  /** Lower case. */
  name: string;
  purpose: HeaderPurpose;
}

const context = (...names: string[]): RequiredHeader[] =>
  names.map(name => ({ name, purpose: 'trace-context' }));

const W3C = context('traceparent', 'tracestate');
const B3 = [
  ...context('b3', 'x-b3-traceid', 'x-b3-spanid', 'x-b3-parentspanid'),
  { name: 'x-b3-sampled', purpose: 'decision' },
  { name: 'x-b3-flags', purpose: 'decision' },
] satisfies RequiredHeader[];

/** What Envoy's tracers read (`source/extensions/tracers` of Envoy). */
const HEADERS_OF_KIND: Record<string, RequiredHeader[]> = {
  opentelemetry: W3C,
  zipkin: B3,
  datadog: [
    ...context('x-datadog-trace-id', 'x-datadog-parent-id', 'x-datadog-tags'),
    { name: 'x-datadog-sampling-priority', purpose: 'decision' },
  ],
  skywalking: context('sw8'),
};

/**
 * The headers that an application hands on so that its calls join the trace, for a
 * kind of Istio's extension providers; W3C's and B3 where the kind is not known.
 * @public
 */
export function requiredHeaders(providerKind?: string): RequiredHeader[] {
  const known = HEADERS_OF_KIND[providerKind ?? ''] ?? [...W3C, ...B3];
  return [...known, { name: 'x-request-id', purpose: 'request-id' }];
}
