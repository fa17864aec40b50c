import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  JsonCursor,
  OddBodyError,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from '../../scan/JsonCursor';
import type { NameTable } from '../../scan/NameTable';

const SPACE = 32;
const BACKSLASH = 92;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const LETTER_U = 117;
/** More digits might not survive as a double. */
const MOST_DIGITS = 15;
const WORDS = ['true', 'false', 'null'].map(word =>
  Uint8Array.from(word, letter => letter.charCodeAt(0)),
);

/** 1 for the white space of JSON. */
const IS_SPACE = table('\t\n\r ');
/** 1 for what may follow a backslash in a string. */
const IS_ESCAPE = table('"\\/bfnrtu');
const IS_HEX = table('0123456789abcdefABCDEF');

function table(characters: string): Uint8Array {
  const known = new Uint8Array(256);
  for (const character of characters) {
    known[character.charCodeAt(0)] = 1;
  }
  return known;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= ZERO + 9;
}

/**
 * A cursor for what is copied on: it stops at everything that is no JSON, and at
 * numbers that reading them could change. Nested values must be empty.
 */
export class StrictCursor extends JsonCursor {
  override peek(): number {
    const { bytes } = this;
    let at = this.position;
    let byte = bytes[at] ?? -1;
    while (byte >= 0 && byte <= SPACE) {
      if (IS_SPACE[byte] !== 1) {
        throw new OddBodyError();
      }
      at += 1;
      byte = bytes[at] ?? -1;
    }
    this.position = at;
    return byte;
  }

  override readString(): void {
    this.expect(QUOTE);
    const { bytes } = this;
    let at = this.position;
    let hash = 0;
    this.start = at;
    this.escaped = false;
    for (;;) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        break;
      }
      if (byte === BACKSLASH) {
        this.escaped = true;
        at = this.#endOfEscape(at);
      } else if (byte < SPACE) {
        throw new OddBodyError();
      } else {
        at += 1;
      }
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    this.end = at;
    this.hash = hash;
    this.position = at + 1;
  }

  /** Reads a string whose hash nobody asks for. */
  readText(): void {
    this.expect(QUOTE);
    const { bytes } = this;
    let at = this.position;
    this.start = at;
    for (;;) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        break;
      }
      if (byte === BACKSLASH) {
        at = this.#endOfEscape(at);
      } else if (byte < SPACE) {
        throw new OddBodyError();
      } else {
        at += 1;
      }
    }
    this.end = at;
    this.position = at + 1;
  }

  override skipString(): void {
    this.readText();
  }

  override skipValue(): void {
    const first = this.peek();
    if (first === QUOTE) {
      this.readText();
    } else if (first === OPEN_ARRAY) {
      this.expectEmpty(OPEN_ARRAY, CLOSE_ARRAY);
    } else if (first === OPEN_OBJECT) {
      this.expectEmpty(OPEN_OBJECT, CLOSE_OBJECT);
    } else {
      this.skipScalar();
    }
  }

  /**
   * Reads the members of an object, none of those in the table twice.
   *
   * @param readValue - is told which one follows; 0 = none of the table
   * @returns bit `n` is set where member `n` was there
   */
  readMembers(names: NameTable, readValue: (name: number) => void): number {
    let seen = 0;
    if (this.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      do {
        this.readKey();
        const name = names.codeOf(this);
        if (name > 0 && seen & (1 << name)) {
          throw new OddBodyError();
        }
        seen |= 1 << name;
        readValue(name);
      } while (this.more(CLOSE_OBJECT));
    }
    return seen;
  }

  /** An empty list, or null. */
  expectEmpty(open: number, close: number): void {
    if (this.enterUnlessNull(open, close)) {
      throw new OddBodyError();
    }
  }

  override readInteger(): number {
    this.peek();
    const from = this.position;
    const value = super.readInteger();
    if (this.bytes[from] === ZERO && this.position - from > 1) {
      throw new OddBodyError();
    }
    return value;
  }

  /** Skips a number that is written as JavaScript writes it, or a word. */
  override skipScalar(): void {
    const first = this.bytes[this.position];
    if (first === MINUS || isDigit(first)) {
      this.#skipNumber();
      return;
    }
    const word = WORDS.find(letters => letters[0] === first);
    if (!word || !word.every((x, i) => this.bytes[this.position + i] === x)) {
      throw new OddBodyError();
    }
    this.position += word.length;
  }

  #skipNumber(): void {
    const { bytes } = this;
    let at = this.position;
    const isNegative = bytes[at] === MINUS;
    at += isNegative ? 1 : 0;
    const from = at;
    while (isDigit(bytes[at])) {
      at += 1;
    }
    const isZero = bytes[from] === ZERO;
    let digits = at - from;
    if (digits === 0 || (isZero && (digits > 1 || isNegative))) {
      throw new OddBodyError();
    }
    if (bytes[at] === DOT) {
      const fraction = at + 1;
      at = fraction;
      while (isDigit(bytes[at])) {
        at += 1;
      }
      digits += at - fraction;
      if (at === fraction) {
        throw new OddBodyError();
      }
    }
    const next = bytes[at] ?? 0;
    if (digits > MOST_DIGITS || next === 101 || next === 69) {
      throw new OddBodyError();
    }
    this.position = at;
  }

  #endOfEscape(at: number): number {
    const { bytes } = this;
    const escape = bytes[at + 1] ?? 0;
    if (IS_ESCAPE[escape] !== 1) {
      throw new OddBodyError();
    }
    if (escape !== LETTER_U) {
      return at + 2;
    }
    for (let i = at + 2; i < at + 6; i++) {
      if (IS_HEX[bytes[i] ?? 0] !== 1) {
        throw new OddBodyError();
      }
    }
    return at + 6;
  }
}
