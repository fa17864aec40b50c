import { ATTEMPT_COUNTS } from '../../insights/findRetries';
import { DEFAULT_TRACE_LIMITS } from '../../analyse/limitTrace';
import { IDENTITY_SLOTS } from '../../scan/attributeCodes';
import type { ByteTexts } from '../../scan/ByteTexts';
import { OddBodyError, QUOTE } from '../../scan/JsonCursor';
import type { ByteWriter } from '../ByteWriter';
import type { PlainSpan } from './PlainSpan';
import type { StrictCursor } from './StrictCursor';

const COMMA = 44;
const COLON = 58;
const DASH = 45;
/** Longer texts are cut, which is left to others. */
const LONGEST_TEXT = DEFAULT_TRACE_LIMITS.textLength;
const LONGEST_KEY = 1_024;

/** What is to be done with an attribute, by its name. */
export const KEY = {
  /** Copied. */
  plain: 0,
  /** Copied; tells the identity. */
  identity: 1,
  /** Copied; tells of retries. */
  attempts: 2,
  /** Copied; tells of retries, unless it is `-`. */
  flags: 3,
  /** The first that a format reads in its own way. */
  special: 4,
} as const;

/**
 * Writes the attributes of the span that is being read. Names are told apart by
 * numbers; one that was sent twice is left to the tolerant reader.
 */
export class AttributeRows {
  /** Number of the name that was read last. */
  #name = 0;
  #kinds = new Int32Array(256).fill(-1);
  #slots = new Int32Array(256);
  /** The span by whose count a name was seen last. */
  #seenBy = new Int32Array(256).fill(-1);
  #span = 0;
  #count = 0;
  #keyStart = 0;
  #keyEnd = 0;

  /** @param special - names that the format reads in its own way, from `KEY.special` on */
  constructor(
    readonly cursor: StrictCursor,
    readonly texts: ByteTexts,
    readonly out: ByteWriter,
    readonly special: ReadonlyMap<string, number>,
  ) {}

  begin(): void {
    this.#span += 1;
    this.#count = 0;
  }

  /**
   * The string that the cursor read last is the name of an attribute.
   *
   * @returns a value of `KEY`, or one of the special ones
   */
  readName(): number {
    const { cursor } = this;
    if (cursor.escaped || cursor.end - cursor.start > LONGEST_KEY) {
      throw new OddBodyError();
    }
    const name = this.texts.indexOf(cursor);
    if (name >= this.#kinds.length) {
      this.#grow();
    }
    if (this.#seenBy[name] === this.#span) {
      throw new OddBodyError();
    }
    this.#seenBy[name] = this.#span;
    this.#name = name;
    this.#keyStart = cursor.start;
    this.#keyEnd = cursor.end;
    const kind = this.#kinds[name] as number;
    return kind < 0 ? this.#learn(name) : kind;
  }

  /** The cursor stands before the text of the attribute. */
  writeText(kind: number, span: PlainSpan): void {
    const { cursor } = this;
    cursor.peek();
    const start = cursor.position;
    if (kind === KEY.identity) {
      cursor.readString();
      span.identity[this.#slots[this.#name] as number] =
        this.texts.indexOf(cursor);
    } else {
      cursor.readText();
    }
    const size = cursor.end - cursor.start;
    if (size > LONGEST_TEXT) {
      throw new OddBodyError();
    }
    if (kind === KEY.attempts || (kind === KEY.flags && !this.#isDash())) {
      span.tellsOfRetries = true;
    }
    this.#write(start, cursor.position);
  }

  /** The cursor stands before a number, `true` or `false`. */
  writeWord(kind: number, span: PlainSpan): void {
    const { cursor } = this;
    cursor.peek();
    const start = cursor.position;
    cursor.skipScalar();
    if (cursor.bytes[start] === 110) {
      throw new OddBodyError();
    }
    this.#noteOther(kind, span);
    this.#write(start, cursor.position);
  }

  /** The cursor stands before a whole number, perhaps in quotes. */
  writeInteger(kind: number, span: PlainSpan): void {
    const { cursor } = this;
    const quote = cursor.take(QUOTE) ? 1 : 0;
    const start = cursor.position;
    cursor.skipScalar();
    const end = cursor.position;
    if (quote && cursor.bytes[end] !== QUOTE) {
      throw new OddBodyError();
    }
    for (let at = start; at < end; at++) {
      const byte = cursor.bytes[at] as number;
      if (byte !== DASH && (byte < 48 || byte > 57)) {
        throw new OddBodyError();
      }
    }
    cursor.position += quote;
    this.#noteOther(kind, span);
    this.#write(start, end);
  }

  #noteOther(kind: number, span: PlainSpan): void {
    if (kind !== KEY.plain) {
      // What is no text does not identify; it may still tell of retries.
      span.tellsOfRetries = span.tellsOfRetries || kind !== KEY.identity;
    }
  }

  #isDash(): boolean {
    const { start, end, bytes } = this.cursor;
    return end === start || (end - start === 1 && bytes[start] === DASH);
  }

  /** The name, then the bytes of the value. */
  #write(start: number, end: number): void {
    const { out, cursor } = this;
    this.#count += 1;
    if (this.#count > DEFAULT_TRACE_LIMITS.attributesPerSpan) {
      throw new OddBodyError();
    }
    if (this.#count > 1) {
      out.byte(COMMA);
    }
    out.byte(QUOTE);
    out.copy(cursor.bytes, this.#keyStart, this.#keyEnd);
    out.byte(QUOTE);
    out.byte(COLON);
    out.copy(cursor.bytes, start, end);
  }

  #learn(name: number): number {
    const text = this.texts.text(name);
    if (text === '__proto__') {
      throw new OddBodyError();
    }
    const slot = IDENTITY_SLOTS.findIndex(identity => identity === text);
    let kind: number = this.special.get(text) ?? KEY.plain;
    if (slot >= 0) {
      kind = KEY.identity;
      this.#slots[name] = slot;
    } else if (ATTEMPT_COUNTS.includes(text)) {
      kind = KEY.attempts;
    } else if (text === 'response_flags') {
      kind = KEY.flags;
    }
    this.#kinds[name] = kind;
    return kind;
  }

  #grow(): void {
    const size = this.#kinds.length * 2;
    const grown = (column: Int32Array, fill: number) => {
      const larger = new Int32Array(size).fill(fill);
      larger.set(column);
      return larger;
    };
    this.#kinds = grown(this.#kinds, -1);
    this.#slots = grown(this.#slots, 0);
    this.#seenBy = grown(this.#seenBy, -1);
  }
}
