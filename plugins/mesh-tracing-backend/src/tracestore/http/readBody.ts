import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import zlib from 'node:zlib';
import { ServiceUnavailableError } from '@backstage/errors';
import { ResponseTooLargeError } from './ResponseTooLargeError';
import type { SpanLimiter } from './SpanLimiter';

/** Copying is spread over turns of the event loop in steps of this size. */
const BLOCK_BYTES = 4 * 1024 * 1024;

/** What of the headers matters for reading the body. */
export interface BodyHeaders {
  contentEncoding?: string;
  contentLength?: number;
}

function decoderFor(encoding: string): NodeJS.ReadWriteStream | undefined {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip();
    case 'deflate':
      return zlib.createInflate();
    case 'br':
      return zlib.createBrotliDecompress();
    default:
      return undefined;
  }
}

function decode(body: Readable, encoding: string): Readable {
  if (encoding === '' || encoding === 'identity') {
    return body;
  }
  const decoder = decoderFor(encoding);
  if (!decoder) {
    body.on('error', () => {});
    body.destroy();
    throw new ServiceUnavailableError(
      `the answer is compressed with '${encoding}', which was not asked for`,
    );
  }
  // Errors of either stream reach the reader of the last one.
  return pipeline(body, decoder, () => {}) as unknown as Readable;
}

/** Collects chunks in a buffer of its own, which can be moved to a worker. */
class BodyBuffer {
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

/**
 * Reads a body up to a limit, which holds for the bytes after decompression. The
 * connection is closed as soon as the limit is passed.
 *
 * @param limiter - leaves out spans while they arrive, and has a limit of its own
 * @throws ResponseTooLargeError
 */
export async function readBody(
  body: Readable,
  headers: BodyHeaders,
  maxBytes: number,
  limiter?: SpanLimiter,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoding = headers.contentEncoding?.trim().toLowerCase() ?? '';
  if (!limiter && (headers.contentLength ?? 0) > maxBytes) {
    body.on('error', () => {});
    body.destroy();
    throw new ResponseTooLargeError(maxBytes);
  }
  const stream = decode(body, encoding);
  const isLengthKnown = !encoding && !limiter;
  const buffer = new BodyBuffer(
    isLengthKnown ? headers.contentLength : undefined,
  );
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    try {
      for (const part of limiter ? limiter.push(chunk) : [chunk]) {
        if (!limiter && buffer.length + part.length > maxBytes) {
          throw new ResponseTooLargeError(maxBytes);
        }
        buffer.add(part);
      }
    } catch (error) {
      body.on('error', () => {});
      body.destroy();
      throw error;
    }
  }
  return buffer.finish();
}
