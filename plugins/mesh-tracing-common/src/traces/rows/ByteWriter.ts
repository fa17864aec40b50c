const SHORT = 48;
const encoder = new TextEncoder();

/** Bytes that grow at their end. */
export class ByteWriter {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(Math.max(64, capacity));
  }

  byte(value: number): void {
    this.#reserve(1);
    this.bytes[this.length] = value;
    this.length += 1;
  }

  copy(from: Uint8Array, start: number, end: number): void {
    const size = end - start;
    this.#reserve(size);
    const { bytes } = this;
    if (size > SHORT) {
      bytes.set(from.subarray(start, end), this.length);
    } else {
      for (let i = 0, at = this.length; i < size; i++, at++) {
        bytes[at] = from[start + i] as number;
      }
    }
    this.length += size;
  }

  all(from: Uint8Array): void {
    this.copy(from, 0, from.length);
  }

  text(text: string): void {
    this.#reserve(text.length * 3);
    this.length += encoder.encodeInto(
      text,
      this.bytes.subarray(this.length),
    ).written;
  }

  /** Short text of one byte a character. */
  ascii(text: string): void {
    this.#reserve(text.length);
    for (let i = 0; i < text.length; i++) {
      this.bytes[this.length + i] = text.charCodeAt(i);
    }
    this.length += text.length;
  }

  /** A copy of what was written; the writer begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }

  #reserve(size: number): void {
    const needed = this.length + size;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
  }
}
