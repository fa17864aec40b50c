import { readOtlpParent } from '../../decode/otlpParent';
import type { JsonCursor } from '../JsonCursor';
import type { SpanRows } from '../SpanRows';

/** The end of the name of the attribute that says what a link was. */
const REFERENCE_TYPE = new TextEncoder().encode('ref_type');
const BACKSLASH = 92;

/**
 * The links of the span that is being read. Only those that were OpenTracing
 * references matter, which are few: they are read as the tolerant reader does.
 */
export class OtlpLinks {
  readonly #decoder = new TextDecoder();
  #start = -1;
  #end = -1;

  constructor(readonly cursor: JsonCursor, readonly rows: SpanRows) {}

  get mayHoldReferences(): boolean {
    return this.#start >= 0;
  }

  /** Begins a span. */
  clear(): void {
    this.#start = -1;
  }

  /** Keeps where the links stand, if they might be references. */
  read(): void {
    const { cursor } = this;
    cursor.peek();
    const start = cursor.position;
    cursor.skipValue();
    if (mayHoldReference(cursor.bytes, start, cursor.position)) {
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
  }
}

function mayHoldReference(
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  let matched = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH) {
      return true;
    }
    matched = byte === REFERENCE_TYPE[matched] ? matched + 1 : 0;
    if (matched === 0 && byte === REFERENCE_TYPE[0]) {
      matched = 1;
    }
    if (matched === REFERENCE_TYPE.length) {
      return true;
    }
  }
  return false;
}
