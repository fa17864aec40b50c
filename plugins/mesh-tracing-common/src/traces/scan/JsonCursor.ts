/** The body is not as a store usually writes it; the tolerant reader must look at it. */
export class OddBodyError extends Error {
  override name = 'OddBodyError';
}

export const QUOTE = 34;
export const COMMA = 44;
export const COLON = 58;
export const OPEN_ARRAY = 91;
const BACKSLASH = 92;
export const CLOSE_ARRAY = 93;
export const OPEN_OBJECT = 123;
export const CLOSE_OBJECT = 125;
const LETTER_N = 110;
const ZERO = 48;
const SPACE = 32;

/**
 * A position in a body of JSON. Reads strings as ranges of bytes with a hash, so
 * that nothing is allocated for what is skipped or seen before.
 */
export class JsonCursor {
  position = 0;
  /** Range and hash of the string that was read last, without quotes. */
  start = 0;
  end = 0;
  hash = 0;
  /** Whether that string holds escapes. */
  escaped = false;

  constructor(readonly bytes: Uint8Array) {}

  /** The next byte that is no white space, not consumed; -1 at the end. */
  peek(): number {
    const { bytes } = this;
    let at = this.position;
    while (at < bytes.length && (bytes[at] as number) <= SPACE) {
      at += 1;
    }
    this.position = at;
    return at < bytes.length ? (bytes[at] as number) : -1;
  }

  expect(byte: number): void {
    if (this.peek() !== byte) {
      throw new OddBodyError();
    }
    this.position += 1;
  }

  /** Consumes the byte if it comes next. */
  take(byte: number): boolean {
    if (this.peek() === byte) {
      this.position += 1;
      return true;
    }
    return false;
  }

  /** After an element: true if another follows, false at the end of the list. */
  more(close: number): boolean {
    const byte = this.peek();
    this.position += 1;
    if (byte === COMMA) {
      return true;
    }
    if (byte !== close) {
      throw new OddBodyError();
    }
    return false;
  }

  /** Opens a list; true if it has elements. */
  enter(open: number, close: number): boolean {
    this.expect(open);
    return !this.take(close);
  }

  /** Opens a list as `enter` does; null stands for an empty one. */
  enterUnlessNull(open: number, close: number): boolean {
    if (this.peek() === LETTER_N) {
      this.skipScalar();
      return false;
    }
    return this.enter(open, close);
  }

  readString(): void {
    this.expect(QUOTE);
    const { bytes } = this;
    let at = this.position;
    let hash = 0;
    this.start = at;
    this.escaped = false;
    for (;;) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        break;
      }
      if (byte === undefined) {
        throw new OddBodyError();
      }
      if (byte === BACKSLASH) {
        this.escaped = true;
        at += 1;
      }
      hash = (Math.imul(hash, 31) + byte) | 0;
      at += 1;
    }
    this.end = at;
    this.hash = hash;
    this.position = at + 1;
  }

  /** Reads a member's name and the colon. */
  readKey(): void {
    this.readString();
    if (this.escaped) {
      throw new OddBodyError();
    }
    this.expect(COLON);
  }

  skipString(): void {
    const { bytes } = this;
    let at = this.position + 1;
    for (;;) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        break;
      }
      if (byte === undefined) {
        throw new OddBodyError();
      }
      at += byte === BACKSLASH ? 2 : 1;
    }
    this.position = at + 1;
  }

  skipValue(): void {
    const first = this.peek();
    if (first === QUOTE) {
      this.skipString();
    } else if (first === OPEN_OBJECT || first === OPEN_ARRAY) {
      this.#skipNested();
    } else {
      this.skipScalar();
    }
  }

  /** Skips a number, `true`, `false` or `null`. */
  skipScalar(): void {
    const { bytes } = this;
    let at = this.position;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (
        byte === COMMA ||
        byte === CLOSE_OBJECT ||
        byte === CLOSE_ARRAY ||
        byte <= SPACE
      ) {
        break;
      }
    }
    if (at === this.position) {
      throw new OddBodyError();
    }
    this.position = at;
  }

  /** Reads a number, `true` or `false` as if it were a string. */
  readWord(): void {
    this.start = this.position;
    this.escaped = false;
    this.skipScalar();
    this.end = this.position;
    let hash = 0;
    for (let i = this.start; i < this.end; i++) {
      hash = (Math.imul(hash, 31) + (this.bytes[i] as number)) | 0;
    }
    this.hash = hash;
  }

  /** A number without sign, fraction or exponent, of at most 15 digits. */
  readInteger(): number {
    this.peek();
    const { bytes } = this;
    const from = this.position;
    let at = from;
    let value = 0;
    for (;;) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
      at += 1;
    }
    const next = bytes[at] ?? 0;
    const isWhole = next !== 46 && next !== 101 && next !== 69;
    if (at === from || at - from > 16 || value > 9e15 || !isWhole) {
      throw new OddBodyError();
    }
    this.position = at;
    return value;
  }

  #skipNested(): void {
    let depth = 0;
    do {
      const byte = this.peek();
      if (byte === QUOTE) {
        this.skipString();
        continue;
      }
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        depth += 1;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        depth -= 1;
      } else if (byte < 0) {
        throw new OddBodyError();
      }
      this.position += 1;
    } while (depth > 0);
  }
}
