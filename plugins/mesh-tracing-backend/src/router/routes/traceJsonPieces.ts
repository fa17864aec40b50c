import { setImmediate } from 'node:timers/promises';
import type { TraceResponse } from 'backstage-plugin-mesh-tracing-common';

/** Spans that are written in one turn of the event loop: one or two milliseconds. */
const SPANS_PER_PIECE = 200;

/**
 * The JSON of an answer with one trace, in pieces. A trace may have a hundred thousand
 * spans, so the event loop serves other requests between two pieces.
 */
export async function* traceJsonPieces(
  answer: TraceResponse,
): AsyncGenerator<string> {
  const { trace, ...rest } = answer;
  const { spans, ...ofTrace } = trace;
  const head = JSON.stringify({ ...rest, trace: ofTrace });
  // The head is the JSON up to the spans. The trace is the last field of the answer and
  // the spans are its last, so cutting two braces off the end opens both.
  yield `${head.slice(0, -2)},"spans":[`;
  for (let from = 0; from < spans.length; from += SPANS_PER_PIECE) {
    if (from > 0) {
      await setImmediate();
    }
    const piece = JSON.stringify(spans.slice(from, from + SPANS_PER_PIECE));
    yield `${from > 0 ? ',' : ''}${piece.slice(1, -1)}`;
  }
  yield ']}}';
}
