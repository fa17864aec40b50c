import type { Dispatcher } from 'undici';
import { hideSent } from '../../shared/hideSent';
import { readBody } from './readBody';
import { ResponseTooLargeError } from './ResponseTooLargeError';
import { SpanLimiter } from './SpanLimiter';
import { BodyReadError } from './transportErrors';
import { UnknownEncodingError } from './UnknownEncodingError';

/** What the store answered. */
export interface StoreResponse {
  status: number;
  contentType: string;
  /** In a buffer of its own: may be moved to a worker. */
  body: Uint8Array<ArrayBuffer>;
  /** Of a trace that was read up to a limit: spans sent, and those in the body. */
  spanCounts?: { sent: number; kept: number };
}

/** How much of an answer is read, and what it must not repeat. */
export interface ReadResponseOptions {
  /** Bytes after decompression. */
  maxBytes: number;
  /** Spans that are kept of an answer that is one trace; all when absent. */
  maxSpans?: number;
  /** Gateways may answer a failure with the request that they got. */
  sentHeaders: Readonly<Record<string, string>>;
}

/**
 * Reads an answer to its end.
 *
 * @throws ResponseTooLargeError; UnknownEncodingError; BodyReadError
 */
export async function readResponse(
  response: Dispatcher.ResponseData,
  { maxBytes, maxSpans, sentHeaders }: ReadResponseOptions,
): Promise<StoreResponse> {
  const { statusCode: status, headers } = response;
  const limiter =
    maxSpans && status < 300
      ? new SpanLimiter({ spans: maxSpans, bytes: maxBytes })
      : undefined;
  const body = await bodyOf(response, maxBytes, limiter);
  return {
    ...(limiter ? { spanCounts: limiter.counts } : {}),
    status,
    contentType: String(headers['content-type'] ?? ''),
    body:
      status < 400
        ? body
        : Buffer.from(
            hideSent(Buffer.from(body).toString('utf8'), sentHeaders),
          ),
  };
}

async function bodyOf(
  { body, headers }: Dispatcher.ResponseData,
  maxBytes: number,
  limiter: SpanLimiter | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const length = Number(headers['content-length']);
  const encoding = headers['content-encoding'];
  const bodyHeaders = {
    contentEncoding: Array.isArray(encoding) ? encoding.join(',') : encoding,
    contentLength: Number.isSafeInteger(length) ? length : undefined,
  };
  try {
    return await readBody(body, bodyHeaders, maxBytes, limiter);
  } catch (error) {
    throw error instanceof ResponseTooLargeError ||
      error instanceof UnknownEncodingError
      ? error
      : new BodyReadError(error);
  }
}
