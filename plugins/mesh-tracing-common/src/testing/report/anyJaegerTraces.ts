import fc from 'fast-check';

/** A span as Jaeger's query API writes it, as far as analyzers look at it. */
export interface JaegerSpan {
  traceID: string;
  spanID: string;
  operationName: string;
  references: Array<{ refType: string; traceID: string; spanID: string }>;
  startTime: number;
  duration: number;
  tags: Array<{ key: string; type: string; value: string | number | boolean }>;
  logs: never[];
  processID: string;
}

export interface JaegerTrace {
  traceID: string;
  spans: JaegerSpan[];
  processes: Record<string, { serviceName: string; tags: never[] }>;
}

export const SERVICES = ['gateway', 'shop', 'stock', 'pay'];
const START_US = 1_700_000_000_000_000;
const MAX_SPANS = 40;

const processes = Object.fromEntries(
  SERVICES.map((serviceName, i) => [`p${i}`, { serviceName, tags: [] }]),
);

const anySpan = fc.record({
  // Taken modulo the number of spans before it and one more, which makes a
  // root.
  parent: fc.nat({ max: 2 * MAX_SPANS }),
  service: fc.nat({ max: SERVICES.length - 1 }),
  operation: fc.constantFrom('GET /', 'POST /cart', 'charge'),
  kind: fc.constantFrom('server', 'client', 'internal', 'consumer'),
  start: fc.nat({ max: 5_000 }),
  duration: fc.nat({ max: 90_000 }),
  failure: fc.constantFrom('none', 'none', 'none', 'error', 'otel'),
  message: fc.option(fc.constantFrom('refused', 'timed out'), {
    nil: undefined,
  }),
  status: fc.constantFrom(200, 404, 503),
});

const hex = (value: number, length: number) =>
  value.toString(16).padStart(length, '0');

const tag = (key: string, value: string | number | boolean) => ({
  key,
  type: { string: 'string', number: 'int64', boolean: 'bool' }[
    typeof value as 'string'
  ],
  value,
});

function tagsOf({
  kind,
  failure,
  message,
  status,
}: {
  kind: string;
  failure: string;
  message: string | undefined;
  status: number;
}): JaegerSpan['tags'] {
  return [
    tag('span.kind', kind),
    tag('http.status_code', status),
    ...(failure === 'error' ? [tag('error', true)] : []),
    ...(failure === 'otel' ? [tag('otel.status_code', 'ERROR')] : []),
    ...(message ? [tag('error.message', message)] : []),
  ];
}

/** The answer of a search: up to six traces of four services. */
export const anyJaegerTraces: fc.Arbitrary<JaegerTrace[]> = fc
  .array(fc.array(anySpan, { minLength: 1, maxLength: MAX_SPANS }), {
    minLength: 1,
    maxLength: 6,
  })
  .map(traces =>
    traces.map((spans, t): JaegerTrace => {
      const traceID = hex(t + 1, 32);
      return {
        traceID,
        processes,
        spans: spans.map((span, i): JaegerSpan => {
          const parent = span.parent % (i + 1);
          return {
            traceID,
            spanID: hex(i + 1, 16),
            operationName: span.operation,
            references:
              parent === i
                ? []
                : [
                    {
                      refType: 'CHILD_OF',
                      traceID,
                      spanID: hex(parent + 1, 16),
                    },
                  ],
            startTime: START_US + t * 1_000_000 + span.start,
            duration: span.duration,
            tags: tagsOf(span),
            logs: [],
            processID: `p${span.service}`,
          };
        }),
      };
    }),
  );
