import { ATTRIBUTE_NAMES, isKnownAttribute } from './attributeCodes';
import { OddBodyError, type JsonCursor } from './JsonCursor';

/**
 * Gives equal strings of a body equal small numbers without decoding them; each is
 * decoded once, when its text is asked for. Strings that differ only in how they
 * are escaped get different numbers.
 */
export class ByteTexts {
  #slots = new Int32Array(1024).fill(-1);
  #mask = 1023;
  readonly #hashes: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #texts: Array<string | undefined> = [];
  readonly #decoder = new TextDecoder();

  constructor(readonly bytes: Uint8Array) {}

  /** Number of the string that the cursor read last. */
  indexOf(cursor: JsonCursor): number {
    const { hash, start, end } = cursor;
    let slot = hash & this.#mask;
    for (;;) {
      const entry = this.#slots[slot] as number;
      if (entry < 0) {
        return this.#add(slot, cursor);
      }
      if (this.#hashes[entry] === hash && this.#equals(entry, start, end)) {
        return entry;
      }
      slot = (slot + 1) & this.#mask;
    }
  }

  /** Slot + 1 of the attribute that the cursor read the name of; 0 if it does not matter. */
  slotOf(cursor: JsonCursor): number {
    if (!cursor.escaped) {
      return ATTRIBUTE_NAMES.codeOf(cursor);
    }
    if (isKnownAttribute(this.decode(cursor.start, cursor.end))) {
      throw new OddBodyError();
    }
    return 0;
  }

  text(index: number): string {
    let text = this.#texts[index];
    if (text === undefined) {
      const start = this.#starts[index] as number;
      text = this.decode(start, this.#ends[index] as number);
      this.#texts[index] = text;
    }
    return text;
  }

  decode(start: number, end: number): string {
    const raw = this.#decoder.decode(this.bytes.subarray(start, end));
    return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
  }

  #equals(entry: number, start: number, end: number): boolean {
    const { bytes } = this;
    const from = this.#starts[entry] as number;
    const length = end - start;
    if ((this.#ends[entry] as number) - from !== length) {
      return false;
    }
    for (let i = 0; i < length; i++) {
      if (bytes[from + i] !== bytes[start + i]) {
        return false;
      }
    }
    return true;
  }

  #add(slot: number, cursor: JsonCursor): number {
    const index = this.#hashes.length;
    this.#slots[slot] = index;
    this.#hashes.push(cursor.hash);
    this.#starts.push(cursor.start);
    this.#ends.push(cursor.end);
    this.#texts.push(undefined);
    if (index * 2 > this.#mask) {
      this.#grow();
    }
    return index;
  }

  #grow(): void {
    this.#mask = this.#mask * 2 + 1;
    this.#slots = new Int32Array(this.#mask + 1).fill(-1);
    this.#hashes.forEach((hash, index) => {
      let slot = hash & this.#mask;
      while ((this.#slots[slot] as number) >= 0) {
        slot = (slot + 1) & this.#mask;
      }
      this.#slots[slot] = index;
    });
  }
}
