import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import zlib from 'node:zlib';
import { BodyBuffer } from './BodyBuffer';
import { ResponseTooLargeError } from './ResponseTooLargeError';
import type { SpanLimiter } from './SpanLimiter';
import { UnknownEncodingError } from './UnknownEncodingError';

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
    throw new UnknownEncodingError(encoding);
  }
  // Errors of either stream reach the reader of the last one.
  return pipeline(body, decoder, () => {}) as unknown as Readable;
}

/**
 * Reads a body up to a limit, which holds for the bytes after decompression. The
 * connection is closed as soon as the limit is passed.
 *
 * @param limiter - leaves out spans while they arrive, and has a limit of its own
 * @throws ResponseTooLargeError; UnknownEncodingError
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
