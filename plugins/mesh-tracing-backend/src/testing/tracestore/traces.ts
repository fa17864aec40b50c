import type { Span, Trace } from 'backstage-plugin-mesh-tracing-common';

export const WINDOW_START_MS = 1_790_000_000_000;

function id(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/**
 * Traces of a caller `a` and a callee `b`, one a second, newest last. Every tenth
 * fails in `b`; the n-th takes n milliseconds.
 */
export function shopTraces(count: number): Trace[] {
  return Array.from({ length: count }, (_, index) => {
    const n = index + 1;
    const span = (spanId: number, rest: Partial<Span>): Span => ({
      spanId: id(spanId, 16),
      service: 'a',
      operation: 'GET /',
      kind: 'server',
      status: 'unset',
      offsetUs: 0,
      durationUs: n * 1000,
      attributes: {},
      resource: {},
      events: [],
      links: [],
      warnings: [],
      ...rest,
    });
    return {
      traceId: id(n, 32).replace(/^./, 'f'),
      startTimeUs: (WINDOW_START_MS + n * 1000) * 1000,
      durationUs: n * 1000,
      spans: [
        span(1, { attributes: { 'http.status_code': '200' } }),
        span(2, {
          parentSpanId: id(1, 16),
          service: 'b',
          operation: 'SELECT',
          kind: 'client',
          status: n % 10 === 0 ? 'error' : 'unset',
          offsetUs: 10,
          durationUs: n * 500,
        }),
      ],
      warnings: [],
    };
  });
}

/** The whole window of `shopTraces`. */
export function wholeWindow(count: number): {
  startTimeMs: number;
  endTimeMs: number;
} {
  return {
    startTimeMs: WINDOW_START_MS,
    endTimeMs: WINDOW_START_MS + (count + 1) * 1000,
  };
}
