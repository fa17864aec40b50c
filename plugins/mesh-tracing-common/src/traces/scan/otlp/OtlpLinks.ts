import { readOtlpParent } from '../../decode/otlpParent';
import { CLOSE_ARRAY, OPEN_ARRAY, type JsonCursor } from '../JsonCursor';
import type { SpanRows } from '../SpanRows';

const SPACE = 32;

/**
 * The links of the span that is being read, which few spans have: they are read as
 * the tolerant reader does.
 */
export class OtlpLinks {
  readonly #decoder = new TextDecoder();
  #start = -1;
  #end = -1;

  constructor(readonly cursor: JsonCursor, readonly rows: SpanRows) {}

  get isThere(): boolean {
    return this.#start >= 0;
  }

  /** Begins a span. */
  clear(): void {
    this.#start = -1;
  }

  /** Keeps where the links stand, if there are any. */
  read(): void {
    const { cursor } = this;
    cursor.peek();
    const start = cursor.position;
    cursor.skipValue();
    if (isFilledArray(cursor.bytes, start)) {
      this.#start = start;
      this.#end = cursor.position;
    }
  }

  /** Tells the row what its links say of its parent. */
  apply(row: number, parentSpanId: string, traceId: string): void {
    const range = this.cursor.bytes.subarray(this.#start, this.#end);
    const links: unknown = JSON.parse(this.#decoder.decode(range));
    const parent = readOtlpParent(parentSpanId, links, traceId);
    if (parent.parentSpanId) {
      this.rows.setParentId(row, parent.parentSpanId);
    }
    this.rows.followsFrom[row] = parent.followsFrom ? 1 : 0;
    this.rows.linked[row] = parent.links.length > 0 ? 1 : 0;
  }
}

/** `[` with anything but white space and `]` behind it. */
function isFilledArray(bytes: Uint8Array, start: number): boolean {
  let at = start + 1;
  while ((bytes[at] as number) <= SPACE) {
    at++;
  }
  return bytes[start] === OPEN_ARRAY && bytes[at] !== CLOSE_ARRAY;
}
