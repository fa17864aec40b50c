import type {
  TraceResponse,
  TraceStreamLine,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceAnswer } from '../../traces';

/** Media type of an answer of one JSON value a line. */
export const NDJSON = 'application/x-ndjson';

/** All of a trace's answer but what comes with its spans or after them. */
function headOf({ entityRef, store, traceUrl, cut, head }: TraceAnswer) {
  const { traceId, startTimeUs, durationUs, warnings } = head;
  return {
    entityRef,
    store,
    traceUrl,
    cut,
    trace: { traceId, startTimeUs, durationUs, warnings },
  } satisfies Partial<Omit<TraceResponse, 'trace'>> & { trace: unknown };
}

/**
 * The JSON of an answer with one trace, in pieces. A trace may have a hundred thousand
 * spans, so the event loop serves other requests between two pieces.
 */
export async function* traceJsonPieces(
  answer: TraceAnswer,
): AsyncGenerator<string | Buffer> {
  const entitySpanIds: string[] = [];
  let separator = '';
  // The trace is the last field of the head and its spans are its last, so cutting
  // two braces off the end opens both.
  yield `${JSON.stringify(headOf(answer)).slice(0, -2)},"spans":[`;
  for await (const part of answer.parts()) {
    if ('insights' in part) {
      const rest = JSON.stringify({ entitySpanIds, insights: part.insights });
      yield `]},${rest.slice(1)}`;
    } else {
      yield separator;
      yield part.json;
      separator = ',';
      for (const id of part.entitySpanIds) {
        entitySpanIds.push(id);
      }
    }
  }
}

/**
 * The same line by line, each a {@link TraceStreamLine}: a reader can show the spans
 * that are there. Without a last line the answer is not whole.
 */
export async function* traceJsonLines(
  answer: TraceAnswer,
): AsyncGenerator<string | Buffer> {
  const { spanCount } = answer.head;
  yield lineOf({ part: 'head', ...headOf(answer), spanCount });
  for await (const part of answer.parts()) {
    if ('insights' in part) {
      yield lineOf({ part: 'end', insights: part.insights });
    } else {
      const { json, entitySpanIds } = part;
      const ids = JSON.stringify(entitySpanIds);
      yield `{"part":"spans","entitySpanIds":${ids},"spans":[`;
      yield json;
      yield ']}\n';
    }
  }
}

function lineOf(line: TraceStreamLine): string {
  return `${JSON.stringify(line)}\n`;
}
