import type {
  Span,
  TraceResponse,
  TraceStreamLine,
} from 'backstage-plugin-mesh-tracing-common';

/**
 * A trace of which the spans may still arrive.
 * @public
 */
export interface PartialTrace {
  /** With the spans that are there. */
  response: TraceResponse;
  /** Of the whole trace. */
  spanCount: number;
}

/** The answer ended before its last line. */
export class TraceBrokeOffError extends Error {
  override name = 'TraceBrokeOffError';

  constructor() {
    super('The trace could not be read to its end');
  }
}

/** Puts the lines of a trace together. */
class TraceLines {
  #head: Extract<TraceStreamLine, { part: 'head' }> | undefined;
  #insights: TraceResponse['insights'];
  readonly #spans: Span[] = [];
  readonly #entitySpanIds: string[] = [];
  /** Each look at the spans costs as much as they are many, so they double between. */
  #nextShown = 1;
  isWhole = false;

  constructor(readonly onProgress: (partial: PartialTrace) => void) {}

  add(line: TraceStreamLine): void {
    if (line.part === 'head') {
      this.#head = line;
    } else if (line.part === 'end') {
      this.#insights = line.insights;
      this.isWhole = true;
    } else {
      (line.spans as Span[]).forEach(span => this.#spans.push(span));
      line.entitySpanIds.forEach(id => this.#entitySpanIds.push(id));
      const spanCount = this.#head?.spanCount ?? 0;
      if (
        this.#spans.length >= this.#nextShown &&
        this.#spans.length < spanCount
      ) {
        this.#nextShown = this.#spans.length * 2;
        this.onProgress({ response: this.response(), spanCount });
      }
    }
  }

  /** @throws TraceBrokeOffError without a head */
  response(): TraceResponse {
    if (!this.#head) {
      throw new TraceBrokeOffError();
    }
    const { part, spanCount, trace, ...rest } = this.#head;
    return {
      ...rest,
      trace: { ...trace, spans: this.#spans.slice() },
      entitySpanIds: this.#entitySpanIds.slice(),
      insights: this.#insights,
    };
  }
}

/**
 * Reads a trace that is sent line by line.
 *
 * @param onProgress - is told of the spans that are there, seldom enough that all
 *   of them can be shown each time
 * @throws TraceBrokeOffError when the last line does not come
 */
export async function readTraceStream(
  body: ReadableStream<Uint8Array>,
  onProgress: (partial: PartialTrace) => void,
): Promise<TraceResponse> {
  const lines = new TraceLines(onProgress);
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const complete = rest.split('\n');
    rest = complete.pop() ?? '';
    complete
      .filter(line => line !== '')
      .forEach(line => lines.add(JSON.parse(line) as TraceStreamLine));
    if (done) {
      break;
    }
  }
  if (!lines.isWhole) {
    throw new TraceBrokeOffError();
  }
  return lines.response();
}
