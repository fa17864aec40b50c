import type { JsonCursor } from './JsonCursor';

/** Recognises a fixed set of names among the strings of a body. */
export class NameTable {
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #hashes: number[] = [];
  readonly #names: Uint8Array[] = [];
  readonly #codes: number[] = [];

  /** @param names - each with a code other than 0 */
  constructor(names: Iterable<readonly [string, number]>) {
    const entries = [...names];
    const size = 2 ** Math.ceil(Math.log2(entries.length * 4 + 4));
    this.#mask = size - 1;
    this.#slots = new Int32Array(size).fill(-1);
    for (const [name, code] of entries) {
      this.#add(new TextEncoder().encode(name), code);
    }
  }

  /** Code of the string that the cursor read last; 0 if it is none of the names. */
  codeOf(cursor: JsonCursor): number {
    const { hash, start, end } = cursor;
    const length = end - start;
    let slot = hash & this.#mask;
    for (;;) {
      const entry = this.#slots[slot] as number;
      if (entry < 0) {
        return 0;
      }
      const name = this.#names[entry] as Uint8Array;
      if (this.#hashes[entry] === hash && name.length === length) {
        let i = 0;
        while (i < length && name[i] === cursor.bytes[start + i]) {
          i += 1;
        }
        if (i === length) {
          return this.#codes[entry] as number;
        }
      }
      slot = (slot + 1) & this.#mask;
    }
  }

  #add(name: Uint8Array, code: number): void {
    let hash = 0;
    for (const byte of name) {
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    let slot = hash & this.#mask;
    while ((this.#slots[slot] as number) >= 0) {
      slot = (slot + 1) & this.#mask;
    }
    this.#slots[slot] = this.#names.length;
    this.#names.push(name);
    this.#hashes.push(hash);
    this.#codes.push(code);
  }
}
