import type { Trace } from './Trace';

/** A trace's spans as arrays: what the algorithms work on. */
export interface SpanArrays {
  starts: Float64Array;
  ends: Float64Array;
  /** Index of the parent, or -1 for a root or orphan; may contain cycles. */
  parents: Int32Array;
}

export function indexSpans(trace: Trace): SpanArrays {
  const count = trace.spans.length;
  const indexById = new Map<string, number>();
  trace.spans.forEach((span, index) => {
    if (!indexById.has(span.spanId)) {
      indexById.set(span.spanId, index);
    }
  });
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  const parents = new Int32Array(count).fill(-1);
  trace.spans.forEach((span, index) => {
    starts[index] = span.offsetUs;
    ends[index] = span.offsetUs + span.durationUs;
    if (span.parentSpanId !== undefined) {
      parents[index] = indexById.get(span.parentSpanId) ?? -1;
    }
  });
  return { starts, ends, parents };
}
