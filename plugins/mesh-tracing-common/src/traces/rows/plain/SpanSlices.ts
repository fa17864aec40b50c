import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  JsonCursor,
  OddBodyError,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from '../../scan/JsonCursor';
import { ByteWriter } from '../ByteWriter';

const SPANS = new TextEncoder().encode('spans');
const NUMBERS = 1024;

/** A body of which the spans were cut out. */
export interface SpanSlices {
  /** The body, with a number where each span was: its index in the slices. */
  rest: string;
  /** Slice `i` is `[starts[i], ends[i])` of the body. */
  starts: Int32Array;
  ends: Int32Array;
  count: number;
}

/** Finds the spans of a body, with no look at what is in them. */
class Slicer {
  readonly #cursor: JsonCursor;
  readonly #rest = new ByteWriter(NUMBERS);
  #copiedTo = 0;
  #starts = new Int32Array(NUMBERS);
  #ends = new Int32Array(NUMBERS);
  #count = 0;

  constructor(readonly bytes: Uint8Array) {
    this.#cursor = new JsonCursor(bytes);
  }

  slice(): SpanSlices {
    const cursor = this.#cursor;
    for (;;) {
      const byte = cursor.peek();
      if (byte < 0) {
        break;
      }
      if (byte === QUOTE) {
        cursor.readString();
        if (this.#isSpans() && cursor.take(COLON)) {
          this.#sliceSpans();
        }
      } else {
        cursor.position += 1;
      }
    }
    this.#rest.copy(this.bytes, this.#copiedTo, this.bytes.length);
    return {
      rest: new TextDecoder().decode(
        this.#rest.bytes.subarray(0, this.#rest.length),
      ),
      starts: this.#starts,
      ends: this.#ends,
      count: this.#count,
    };
  }

  #isSpans(): boolean {
    const { start, end, escaped } = this.#cursor;
    if (escaped && isSpansEscaped(this.bytes.subarray(start, end))) {
      throw new OddBodyError();
    }
    return (
      end - start === SPANS.length &&
      SPANS.every((byte, i) => this.bytes[start + i] === byte)
    );
  }

  #sliceSpans(): void {
    const cursor = this.#cursor;
    if (cursor.peek() !== OPEN_ARRAY) {
      return;
    }
    cursor.position += 1;
    if (cursor.peek() === CLOSE_ARRAY) {
      return;
    }
    do {
      if (cursor.peek() !== OPEN_OBJECT) {
        throw new OddBodyError();
      }
      const start = cursor.position;
      skipObject(cursor);
      this.#add(start, cursor.position);
    } while (cursor.take(COMMA));
  }

  #add(start: number, end: number): void {
    const index = this.#count;
    if (index === this.#starts.length) {
      this.#starts = larger(this.#starts);
      this.#ends = larger(this.#ends);
    }
    this.#starts[index] = start;
    this.#ends[index] = end;
    this.#count += 1;
    this.#rest.copy(this.bytes, this.#copiedTo, start);
    this.#rest.ascii(String(index));
    this.#copiedTo = end;
  }
}

function isSpansEscaped(text: Uint8Array): boolean {
  try {
    return JSON.parse(`"${new TextDecoder().decode(text)}"`) === 'spans';
  } catch {
    return true;
  }
}

/** Skips an object whose braces match; whether it is JSON is seen when it is read. */
function skipObject(cursor: JsonCursor): void {
  const { bytes } = cursor;
  let at = cursor.position;
  let depth = 0;
  for (;;) {
    const byte = bytes[at];
    if (byte === undefined) {
      throw new OddBodyError();
    }
    if (byte === QUOTE) {
      cursor.position = at;
      cursor.skipString();
      at = cursor.position;
      continue;
    }
    at += 1;
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth -= 1;
      if (depth === 0) {
        cursor.position = at;
        return;
      }
    }
  }
}

function larger(column: Int32Array): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(column.length * 2);
  copy.set(column);
  return copy;
}

/** Cuts the spans out of a body, so that what is around them can be read alone. */
export function sliceSpans(bytes: Uint8Array): SpanSlices {
  return new Slicer(bytes).slice();
}
