import { setTimeout as delay } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  FairQueue,
  type TraceReadOptions,
} from 'backstage-plugin-mesh-tracing-node';
import { Agent, request, type Dispatcher } from 'undici';
import {
  DEFAULT_CONCURRENCY,
  DEFAULT_MAX_BODY_BYTES,
  DEFAULT_TIMEOUT_MS,
  type JaegerAuth,
  type JaegerStoreConfig,
} from '../config/JaegerStoreConfig';
import { hideSent } from '../../shared/hideSent';
import { shareOf } from '../../shared/shareOf';
import { baseUrlOf } from './baseUrl';
import { readBody } from './readBody';
import { ResponseTooLargeError } from './ResponseTooLargeError';
import { SpanLimiter } from './SpanLimiter';
import {
  BodyReadError,
  describeTransportError,
  isRetryable,
} from './transportErrors';

/** What the store answered. */
export interface StoreResponse {
  status: number;
  contentType: string;
  /** In a buffer of its own: may be moved to a worker. */
  body: Uint8Array<ArrayBuffer>;
  /** Of a trace that was read up to a limit: spans sent, and those in the body. */
  spanCounts?: { sent: number; kept: number };
}

/** How one request differs from others. */
export interface GetOptions extends TraceReadOptions {
  /** The answer is one trace, of which at most so many spans are kept. */
  maxSpans?: number;
}

const MAX_RETRIES = 2;
const MAX_REDIRECTS = 3;
/** Of one caller. */
const MAX_WAITING = 500;
const RETRY_STATUSES = new Set([502, 503, 504]);
const FIRST_RETRY_DELAY_MS = 100;
/** A large trace may take so many times as long, as long as it keeps arriving. */
const LARGE_TRACE_PATIENCE = 6;

/**
 * GET requests to one store. Bounded: requests under way, time, size after
 * decompression, retries. Redirects are followed on the same origin only, so that
 * credentials never reach another host.
 */
export class StoreHttpClient {
  readonly #name: string;
  readonly #base: URL;
  readonly #headers: Record<string, string>;
  readonly #agent: Agent;
  readonly #queue: FairQueue;
  readonly #timeoutMs: number;
  readonly #maxBodyBytes: number;

  static create(config: JaegerStoreConfig): StoreHttpClient {
    return new StoreHttpClient(config);
  }

  private constructor(config: JaegerStoreConfig) {
    const concurrency = config.concurrency ?? DEFAULT_CONCURRENCY;
    this.#name = config.name;
    this.#base = baseUrlOf(config);
    this.#headers = requestHeaders(config);
    this.#timeoutMs = config.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#maxBodyBytes = config.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
    this.#queue = FairQueue.create({
      total: concurrency,
      perCaller: shareOf(concurrency),
    });
    this.#agent = new Agent({
      connections: concurrency,
      connect: {
        timeout: this.#timeoutMs,
        ...(config.tls?.ca ? { ca: config.tls.ca } : {}),
        rejectUnauthorized: !config.tls?.insecureSkipVerify,
      },
    });
  }

  /**
   * @param path - below the base path, with leading slash and query
   * @throws ServiceUnavailableError when there is no answer, or none that may be
   *   read; ResponseTooLargeError; the reason of the signal
   */
  async get(path: string, options: GetOptions = {}): Promise<StoreResponse> {
    const { caller, signal } = options;
    if (this.#queue.waitingOf(caller) >= MAX_WAITING) {
      throw new ServiceUnavailableError(
        `Trace store '${
          this.#name
        }' is overloaded: ${MAX_WAITING} requests wait for it; try again later`,
      );
    }
    return this.#queue.run(() => this.#getWithRetries(path, options), {
      caller,
      signal,
    });
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #getWithRetries(
    path: string,
    options: GetOptions,
  ): Promise<StoreResponse> {
    const { signal: gone, maxSpans } = options;
    const patience = maxSpans ? LARGE_TRACE_PATIENCE : 1;
    const limit = AbortSignal.timeout(this.#timeoutMs * patience);
    const signal = gone ? AbortSignal.any([limit, gone]) : limit;
    for (let attempt = 0; ; attempt++) {
      const last = attempt === MAX_RETRIES;
      let outcome: { response: StoreResponse } | { error: Error };
      try {
        const response = await this.#getOnce(path, options, signal);
        if (last || !RETRY_STATUSES.has(response.status)) {
          return response;
        }
        outcome = { response };
      } catch (error) {
        gone?.throwIfAborted();
        outcome = { error: this.#explain(error, signal) };
        if (last || signal.aborted || !isRetryable(error)) {
          throw outcome.error;
        }
      }
      if (!(await waitBeforeRetry(attempt, signal))) {
        gone?.throwIfAborted();
        if ('error' in outcome) {
          throw outcome.error;
        }
        return outcome.response;
      }
    }
  }

  async #getOnce(
    path: string,
    { maxSpans }: GetOptions,
    signal: AbortSignal,
  ): Promise<StoreResponse> {
    let url = new URL(this.#base.href.replace(/\/$/, '') + path);
    for (let redirects = 0; ; redirects++) {
      const response = await request(url, {
        method: 'GET',
        dispatcher: this.#agent,
        headers: this.#headers,
        headersTimeout: this.#timeoutMs,
        bodyTimeout: this.#timeoutMs,
        signal,
      });
      const location = response.headers.location;
      const isRedirect =
        response.statusCode >= 300 && response.statusCode < 400;
      if (isRedirect && typeof location === 'string') {
        await response.body.dump();
        url = this.#redirectTarget(location, url, redirects);
      } else {
        const limiter =
          maxSpans && response.statusCode < 300
            ? new SpanLimiter({ spans: maxSpans, bytes: this.#maxBodyBytes })
            : undefined;
        const body = await this.#readBody(response, limiter);
        return {
          ...(limiter ? { spanCounts: limiter.counts } : {}),
          status: response.statusCode,
          contentType: String(response.headers['content-type'] ?? ''),
          body:
            response.statusCode < 400
              ? body
              : Buffer.from(
                  hideSent(Buffer.from(body).toString('utf8'), this.#headers),
                ),
        };
      }
    }
  }

  async #readBody(
    response: Dispatcher.ResponseData,
    limiter: SpanLimiter | undefined,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const length = Number(response.headers['content-length']);
    const encoding = response.headers['content-encoding'];
    const headers = {
      contentEncoding: Array.isArray(encoding) ? encoding.join(',') : encoding,
      contentLength: Number.isSafeInteger(length) ? length : undefined,
    };
    try {
      return await readBody(
        response.body,
        headers,
        this.#maxBodyBytes,
        limiter,
      );
    } catch (error) {
      throw error instanceof ResponseTooLargeError ||
        error instanceof ServiceUnavailableError
        ? error
        : new BodyReadError(error);
    }
  }

  #redirectTarget(location: string, from: URL, redirects: number): URL {
    const target = URL.canParse(location, from)
      ? new URL(location, from)
      : undefined;
    if (target?.origin !== from.origin) {
      throw new ServiceUnavailableError(
        `Trace store '${this.#name}' redirects to another host (${
          target?.host ?? 'unreadable'
        }); the redirect was not followed. Configure the final URL, or credentials if a login page stands in front of the store`,
      );
    }
    if (redirects >= MAX_REDIRECTS) {
      throw new ServiceUnavailableError(
        `Trace store '${
          this.#name
        }' redirects in circles; check its URL and base path`,
      );
    }
    return target;
  }

  #explain(error: unknown, signal: AbortSignal): Error {
    if (error instanceof ServiceUnavailableError) {
      return isAboutStore(error)
        ? error
        : new ServiceUnavailableError(
            `Trace store '${this.#name}': ${error.message}`,
          );
    }
    if (error instanceof ResponseTooLargeError) {
      return error;
    }
    return new ServiceUnavailableError(
      signal.aborted
        ? `Trace store '${this.#name}' did not answer within ${
            this.#timeoutMs / 1000
          } s; try a shorter window or fewer traces, or look whether the store is overloaded`
        : `Trace store '${this.#name}' ${describeTransportError(error)}`,
    );
  }
}

/** False when the time limit of the request comes first. */
async function waitBeforeRetry(
  attempt: number,
  signal: AbortSignal,
): Promise<boolean> {
  const jitter = 0.5 + Math.random();
  try {
    await delay(FIRST_RETRY_DELAY_MS * 2 ** attempt * jitter, undefined, {
      signal,
    });
    return true;
  } catch {
    return false;
  }
}

function isAboutStore(error: Error): boolean {
  return error.message.startsWith('Trace store ');
}

function authorization(auth: JaegerAuth | undefined): Record<string, string> {
  switch (auth?.type) {
    case 'bearer':
      return { authorization: `Bearer ${auth.token}` };
    case 'basic': {
      const pair = Buffer.from(`${auth.username}:${auth.password}`);
      return { authorization: `Basic ${pair.toString('base64')}` };
    }
    default:
      return {};
  }
}

function requestHeaders(config: JaegerStoreConfig): Record<string, string> {
  const custom = Object.entries(config.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  return {
    accept: 'application/json',
    'accept-encoding': 'gzip, deflate, br',
    ...Object.fromEntries(custom),
    ...(config.tenant
      ? {
          [(config.tenant.header ?? 'x-tenant').toLowerCase()]:
            config.tenant.value,
        }
      : {}),
    ...authorization(config.auth),
  };
}
