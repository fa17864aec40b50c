import { isBlockingChild } from './criticalPath';
import { indexSpans } from '../model/indexSpans';
import type { Span, Trace } from '../model/Trace';
import { arrangeSpans, type SpanForest } from './SpanForest';

/** Self time of each span by index, in the unit of the intervals. */
function computeSelfTimes(
  starts: Float64Array,
  ends: Float64Array,
  forest: SpanForest,
  isBlocking: (parent: number, child: number) => boolean,
): Float64Array {
  const { firstChild, children } = forest;
  const times = new Float64Array(starts.length);
  for (let span = 0; span < starts.length; span++) {
    const end = ends[span] as number;
    let coveredTo = starts[span] as number;
    let self = 0;
    const last = firstChild[span + 1] as number;
    for (let i = firstChild[span] as number; i < last; i++) {
      const child = children[i] as number;
      if (!isBlocking(span, child)) {
        continue;
      }
      const childStart = Math.min(starts[child] as number, end);
      if (childStart > coveredTo) {
        self += childStart - coveredTo;
        coveredTo = childStart;
      }
      coveredTo = Math.max(coveredTo, Math.min(ends[child] as number, end));
    }
    times[span] = self + Math.max(0, end - coveredTo);
  }
  return times;
}

/**
 * Self time of each span in microseconds, by span id: the part of the span during
 * which none of its children ran. As on the critical path, a consumer does not
 * take time from its producer, nor a span from the one that it follows from; other
 * asynchronous children count, children beyond the span's own time do not.
 * @public
 */
export function selfTimes(trace: Trace): Map<string, number> {
  const { starts, ends, parents } = indexSpans(trace);
  const spanAt = (index: number) => trace.spans[index] as Span;
  const times = computeSelfTimes(
    starts,
    ends,
    arrangeSpans(starts, parents),
    (parent, child) => isBlockingChild(spanAt(parent), spanAt(child)),
  );
  return new Map(
    trace.spans.map((span, index) => [span.spanId, times[index] as number]),
  );
}
