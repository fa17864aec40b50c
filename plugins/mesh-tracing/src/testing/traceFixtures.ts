import type {
  Span,
  Trace,
  TraceCoverageView,
  TraceResponse,
  TracesResponse,
  TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';

/** A moment that all traces of the fixtures are near to. */
export const NOW_MS = Date.UTC(2026, 10, 20, 12, 0, 0);

/** All of a window. */
export function coverage(
  patch: Partial<TraceCoverageView> = {},
): TraceCoverageView {
  return {
    complete: true,
    fetchedCount: 3,
    matchedCount: 3,
    filteredHere: [],
    failures: [],
    ...patch,
  };
}

/** A row of a list; the number tells rows apart. */
export function traceSummary(
  number: number,
  patch: Partial<TraceSummary> = {},
): TraceSummary {
  return {
    traceId: number.toString(16).padStart(32, '0'),
    rootService: 'frontend.shop',
    rootOperation: 'GET /checkout',
    startTimeMs: NOW_MS - number * 1_000,
    durationUs: number * 10_000,
    spanCount: 12,
    errorSpanCount: 0,
    orphanSpanCount: 0,
    services: [
      { name: 'frontend.shop', spanCount: 4, errorSpanCount: 0 },
      { name: 'checkout.shop', spanCount: 8, errorSpanCount: 0 },
    ],
    ...patch,
  };
}

/** Three traces, one of them failed. */
export function tracesResponse(
  patch: Partial<TracesResponse> = {},
): TracesResponse {
  return {
    entityRef: 'component:default/checkout',
    store: 'main',
    startTimeMs: NOW_MS - 3_600_000,
    endTimeMs: NOW_MS,
    services: ['checkout.shop'],
    traces: [
      traceSummary(1),
      traceSummary(2, {
        rootOperation: 'POST /pay',
        errorSpanCount: 2,
        durationUs: 900_000,
      }),
      traceSummary(3),
    ],
    coverage: coverage(),
    ...patch,
  };
}

/** A span; ids are numbers, in hexadecimal. */
export function span(
  number: number,
  parent: number | undefined,
  patch: Partial<Span> = {},
): Span {
  return {
    spanId: spanId(number),
    parentSpanId: parent === undefined ? undefined : spanId(parent),
    service: 'checkout.shop',
    operation: `operation ${number}`,
    kind: 'server',
    status: 'unset',
    offsetUs: 0,
    durationUs: 100,
    attributes: {},
    resource: {},
    events: [],
    links: [],
    warnings: [],
    ...patch,
  };
}

/** The id that `span` gives. */
export function spanId(number: number): string {
  return number.toString(16).padStart(16, '0');
}

/** frontend calls checkout, which calls a failing payment and the stock. */
export function checkoutTrace(): Trace {
  return {
    traceId: 'a'.repeat(32),
    startTimeUs: NOW_MS * 1_000,
    durationUs: 1_000,
    warnings: [],
    spans: [
      span(1, undefined, {
        service: 'frontend.shop',
        operation: 'GET /checkout',
        durationUs: 1_000,
      }),
      span(2, 1, {
        operation: 'POST /orders',
        offsetUs: 100,
        durationUs: 800,
        attributes: { 'http.status_code': 200 },
      }),
      span(3, 2, {
        service: 'payments.shop',
        operation: 'POST /pay',
        status: 'error',
        statusMessage: 'card refused',
        offsetUs: 200,
        durationUs: 300,
        attributes: { 'http.status_code': 502, team: 'payments' },
      }),
      span(4, 2, {
        service: 'stock.shop',
        operation: 'GET /stock',
        offsetUs: 520,
        durationUs: 300,
      }),
    ],
  };
}

/** A trace as the timeline gets it. */
export function traceResponse(trace: Trace = checkoutTrace()): TraceResponse {
  return {
    entityRef: 'component:default/checkout',
    store: 'main',
    traceUrl: 'https://jaeger.example.com/trace/aaaa',
    trace,
    entitySpanIds: [spanId(2)],
  };
}

/** A trace of many spans: a root and its children in sequence. */
export function wideTrace(spanCount: number): Trace {
  const spans = [
    span(1, undefined, {
      operation: 'root',
      durationUs: spanCount * 10,
    }),
  ];
  for (let number = 2; number <= spanCount; number++) {
    spans.push(span(number, 1, { offsetUs: number * 10, durationUs: 9 }));
  }
  return {
    traceId: 'b'.repeat(32),
    startTimeUs: NOW_MS * 1_000,
    durationUs: spanCount * 10 + 9,
    spans,
    warnings: [],
  };
}
