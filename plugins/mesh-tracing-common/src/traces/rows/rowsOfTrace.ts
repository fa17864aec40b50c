import { findTraceInsights } from '../insights/findTraceInsights';
import type { Trace } from '../model/Trace';
import { RowsWriter } from './RowsWriter';
import { openSpanJson, spanDetailsJson } from './spanJson';
import { SPANS_PER_ROWS, type ReadTrace } from './TraceRows';
import { TraceSenders } from './TraceSenders';

/** A trace that exists as objects, span by span. @public */
export function rowsOfTrace(trace: Trace): ReadTrace {
  const { spans, traceId, startTimeUs, durationUs, warnings } = trace;
  const senders = new TraceSenders();
  const senderOf = spans.map(span => senders.indexOf(span));
  return {
    head: {
      traceId,
      startTimeUs,
      durationUs,
      warnings,
      spanCount: spans.length,
      senders: senders.senders,
    },
    *rows() {
      const writer = new RowsWriter(SPANS_PER_ROWS);
      for (const [i, span] of spans.entries()) {
        writer.begin(senderOf[i] as number);
        writer.out.text(openSpanJson(span));
        writer.beginDetails();
        writer.out.text(spanDetailsJson(span));
        if (writer.count === SPANS_PER_ROWS) {
          yield writer.take();
        }
      }
      if (writer.count > 0) {
        yield writer.take();
      }
    },
    insights: () => findTraceInsights(trace),
  };
}
