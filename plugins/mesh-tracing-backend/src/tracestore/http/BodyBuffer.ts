import { setImmediate as nextTurn } from 'node:timers/promises';

/** Copying is spread over turns of the event loop in steps of this size. */
const BLOCK_BYTES = 4 * 1024 * 1024;

/** Collects chunks in a buffer of its own, which can be moved to a worker. */
export class BodyBuffer {
  readonly #blocks: Uint8Array[] = [];
  #block: Uint8Array<ArrayBuffer>;
  #filled = 0;
  #total = 0;

  constructor(expectedBytes: number | undefined) {
    this.#block = new Uint8Array(expectedBytes || 64 * 1024);
  }

  get length(): number {
    return this.#total;
  }

  add(chunk: Uint8Array): void {
    let from = 0;
    while (from < chunk.length) {
      if (this.#filled === this.#block.length) {
        this.#blocks.push(this.#block);
        this.#block = new Uint8Array(BLOCK_BYTES);
        this.#filled = 0;
      }
      const part = chunk.subarray(
        from,
        from + this.#block.length - this.#filled,
      );
      this.#block.set(part, this.#filled);
      this.#filled += part.length;
      this.#total += part.length;
      from += part.length;
    }
  }

  async finish(): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#blocks.length === 0 && this.#filled === this.#block.length) {
      return this.#block;
    }
    const whole = new Uint8Array(this.#total);
    let at = 0;
    for (const block of this.#blocks) {
      whole.set(block, at);
      at += block.length;
      await nextTurn();
    }
    whole.set(this.#block.subarray(0, this.#filled), at);
    return whole;
  }
}
