import {
  FairQueue,
  type TraceReadOptions,
} from 'backstage-plugin-mesh-tracing-node';
import { Agent, request } from 'undici';
import {
  DEFAULT_CONCURRENCY,
  DEFAULT_MAX_BODY_BYTES,
  DEFAULT_TIMEOUT_MS,
  type JaegerStoreConfig,
} from '../config/JaegerStoreConfig';
import {
  isStoreError,
  storeError,
  type StoreError,
} from '../problems/StoreError';
import type { StoreProblem } from '../problems/StoreProblem';
import { shareOf } from '../../shared/shareOf';
import { hideSent } from '../../shared/hideSent';
import { baseUrlOf } from './baseUrl';
import { readResponse, type StoreResponse } from './readResponse';
import { requestHeaders } from './requestHeaders';
import { storeClock, type StoreClock } from './storeClock';
import { ResponseTooLargeError } from './ResponseTooLargeError';
import { isRetryable, transportProblem } from './transportErrors';
import { UnknownEncodingError } from './UnknownEncodingError';
import { waitBeforeRetry } from './waitBeforeRetry';

/** How one request differs from others. */
export interface GetOptions extends TraceReadOptions {
  /** The answer is one trace, of which at most so many spans are kept. */
  maxSpans?: number;
}

const MAX_RETRIES = 2;
const MAX_REDIRECTS = 3;
/** Requests of one caller that may wait for a connection. */
const MAX_WAITING = 500;
const RETRY_STATUSES = new Set([502, 503, 504]);
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

  readonly #now: () => number;
  #clock: StoreClock | undefined;

  /** @param now - milliseconds since the epoch */
  static create(
    config: JaegerStoreConfig,
    now: () => number = Date.now,
  ): StoreHttpClient {
    return new StoreHttpClient(config, now);
  }

  private constructor(config: JaegerStoreConfig, now: () => number) {
    this.#now = now;
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
      throw this.#failure({ code: 'overloaded', waitingCount: MAX_WAITING });
    }
    return this.#queue.run(() => this.#getWithRetries(path, options), {
      caller,
      signal,
    });
  }

  /** The store's clock as its latest answer told it. */
  get clock(): StoreClock | undefined {
    return this.#clock;
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  /** Words of the store, without what it was sent to let the portal in. */
  withoutSent(words: string): string {
    return hideSent(words, this.#headers);
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
      const sentAtMs = this.#now();
      const response = await request(url, {
        method: 'GET',
        dispatcher: this.#agent,
        headers: this.#headers,
        headersTimeout: this.#timeoutMs,
        bodyTimeout: this.#timeoutMs,
        signal,
      });
      this.#clock =
        storeClock(response.headers, sentAtMs, this.#now()) ?? this.#clock;
      const location = response.headers.location;
      const isRedirect =
        response.statusCode >= 300 && response.statusCode < 400;
      if (isRedirect && typeof location === 'string') {
        await response.body.dump();
        url = this.#follow(location, url, redirects);
      } else {
        return readResponse(response, {
          maxBytes: this.#maxBodyBytes,
          maxSpans,
          sentHeaders: this.#headers,
        });
      }
    }
  }

  #follow(location: string, from: URL, redirects: number): URL {
    const target = URL.canParse(location, from)
      ? new URL(location, from)
      : undefined;
    if (target?.origin !== from.origin) {
      const host = target?.host ?? 'unreadable';
      throw this.#failure({ code: 'redirects-away', host });
    }
    if (redirects >= MAX_REDIRECTS) {
      throw this.#failure({ code: 'redirects-in-circles' });
    }
    return target;
  }

  #explain(error: unknown, signal: AbortSignal): Error {
    if (isStoreError(error) || error instanceof ResponseTooLargeError) {
      return error;
    }
    if (error instanceof UnknownEncodingError) {
      const { encoding } = error;
      return this.#failure({ code: 'unknown-encoding', encoding });
    }
    return this.#failure(
      signal.aborted
        ? { code: 'timed-out', limitMs: this.#timeoutMs }
        : transportProblem(error),
    );
  }

  #failure(problem: StoreProblem): StoreError {
    return storeError(this.#name, problem);
  }
}
