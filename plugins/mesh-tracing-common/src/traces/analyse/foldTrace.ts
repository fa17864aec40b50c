import type { FoldedHop } from './foldProxySpans';
import type { Trace } from '../model/Trace';

/**
 * The trace with each hop as its client span alone: the server spans are left
 * out, and what was below them hangs below the client spans. A hop of which the
 * called side alone failed counts as failed. Times stay as they are, and so does
 * the given trace.
 * @public
 */
export function foldTrace(trace: Trace, hops: FoldedHop[]): Trace {
  const clientOf = new Map(
    hops.map(hop => [hop.serverSpanId, hop.clientSpanId]),
  );
  const failed = new Set(
    trace.spans.flatMap(({ spanId, status }) =>
      status === 'error' ? clientOf.get(spanId) ?? [] : [],
    ),
  );
  return {
    ...trace,
    spans: trace.spans.flatMap(span => {
      if (clientOf.has(span.spanId)) {
        return [];
      }
      const parentSpanId = clientOf.get(span.parentSpanId ?? '');
      return [
        {
          ...span,
          ...(parentSpanId !== undefined && { parentSpanId }),
          ...(failed.has(span.spanId) && { status: 'error' as const }),
        },
      ];
    }),
  };
}
