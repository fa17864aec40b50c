import { ByteWriter } from './ByteWriter';
import type { SpanRows } from './TraceRows';

const COMMA = 44;
const BYTES_PER_SPAN = 1_024;

/** Collects the spans of one {@link SpanRows}. */
export class RowsWriter {
  readonly out: ByteWriter;
  readonly #starts: number[] = [];
  readonly #details: number[] = [];
  readonly #senderOf: number[] = [];

  constructor(spans: number) {
    this.out = new ByteWriter(spans * BYTES_PER_SPAN);
  }

  get count(): number {
    return this.#starts.length;
  }

  /** What is written next is the open part of a span. */
  begin(sender: number): void {
    if (this.count > 0) {
      this.out.byte(COMMA);
    }
    this.#starts.push(this.out.length);
    this.#senderOf.push(sender);
  }

  /** What is written next are the span's details. */
  beginDetails(): void {
    this.#details.push(this.out.length);
  }

  take(): SpanRows {
    const length = this.out.length;
    const rows = {
      bytes: this.out.take(),
      starts: Int32Array.from([...this.#starts, length + 1]),
      details: Int32Array.from(this.#details),
      senderOf: Int32Array.from(this.#senderOf),
    };
    this.#starts.length = 0;
    this.#details.length = 0;
    this.#senderOf.length = 0;
    return rows;
  }
}
