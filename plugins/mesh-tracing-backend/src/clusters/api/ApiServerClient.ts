import http from 'node:http';
import https from 'node:https';
import { hideSent } from '../../shared/hideSent';
import type { ClusterConnection } from './ClusterConnection';
import { ApiServerError, type ApiStatus } from './ApiServerError';
import { networkError } from './networkError';
import { parseWarnings } from './parseWarnings';

/** A request to the API server. */
export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Record<string, string | undefined>;
  body?: unknown;
  /** Media type of the `Accept` header; JSON when absent. */
  accept?: string;
  signal?: AbortSignal;
}

/** An answer with a status below 300. */
export interface ApiAnswer {
  body: unknown;
  /** Texts of the `Warning` headers. */
  warnings: string[];
}

const MAX_BODY_BYTES = 128 * 1024 * 1024;
const MAX_ERROR_BYTES = 1024 * 1024;
const JSON_TYPE = /^application\/(?:[a-z0-9.+-]*\+)?json\b/i;

/**
 * Speaks to one API server: JSON only, a time limit on each request, no
 * redirects, bounded bodies. Throws ApiServerError.
 */
export class ApiServerClient {
  readonly #connection: ClusterConnection;
  readonly #timeoutMs: number;

  static create(options: {
    connection: ClusterConnection;
    /** Time limit of a whole request, and of the wait for the head of a stream. */
    timeoutMs: number;
  }): ApiServerClient {
    return new ApiServerClient(options.connection, options.timeoutMs);
  }

  private constructor(connection: ClusterConnection, timeoutMs: number) {
    this.#connection = connection;
    this.#timeoutMs = timeoutMs;
  }

  async request(request: ApiRequest): Promise<ApiAnswer> {
    const limit = AbortSignal.timeout(this.#timeoutMs);
    const signal = request.signal
      ? AbortSignal.any([limit, request.signal])
      : limit;
    try {
      const response = await this.#send(request, signal);
      const body = parseJson(response, await readAll(response, MAX_BODY_BYTES));
      return {
        body,
        warnings: parseWarnings(response.headersDistinct.warning ?? []),
      };
    } catch (error) {
      throw this.#describe(error, limit);
    }
  }

  /**
   * Opens a stream and returns it once its head has arrived. Whoever reads it
   * decides how long it may be silent, and ends it through `signal`.
   */
  async stream(
    request: ApiRequest & { signal: AbortSignal },
  ): Promise<http.IncomingMessage> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), this.#timeoutMs);
    try {
      return await this.#send(
        request,
        AbortSignal.any([limit.signal, request.signal]),
      );
    } catch (error) {
      throw this.#describe(error, limit.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#connection.close();
  }

  async #send(
    request: ApiRequest,
    signal: AbortSignal,
  ): Promise<http.IncomingMessage> {
    const { server, headers, auth, agent, freshAgent } =
      await this.#connection.options();
    const method = request.method ?? 'GET';
    const url = new URL(server + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) {
        url.searchParams.set(name, value);
      }
    }
    const body =
      request.body === undefined ? undefined : JSON.stringify(request.body);
    const response = await new Promise<http.IncomingMessage>(
      (resolve, reject) => {
        const { request: open } = url.protocol === 'http:' ? http : https;
        const outgoing = open(url, {
          method,
          agent: method === 'GET' ? agent : freshAgent,
          signal,
          ...(auth ? { auth } : {}),
          headers: {
            ...headers,
            Accept: request.accept ?? 'application/json',
            'User-Agent': 'mesh-tracing',
            ...(body === undefined
              ? {}
              : {
                  'Content-Type': 'application/json',
                  'Content-Length': Buffer.byteLength(body),
                }),
          },
        });
        outgoing.on('response', resolve);
        outgoing.on('error', reject);
        outgoing.end(body);
      },
    );
    await checkStatus(response, { ...headers, auth });
    return response;
  }

  #describe(error: unknown, limit: AbortSignal): ApiServerError {
    if (error instanceof ApiServerError) {
      return error;
    }
    if (limit.aborted) {
      return new ApiServerError(
        'timeout',
        `no answer within ${this.#timeoutMs} ms`,
      );
    }
    return networkError(error);
  }
}

async function checkStatus(
  response: http.IncomingMessage,
  sent: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const statusCode = response.statusCode ?? 0;
  if (statusCode >= 200 && statusCode < 300) {
    if (!JSON_TYPE.test(response.headers['content-type'] ?? '')) {
      response.destroy();
      throw unexpected(response);
    }
    return;
  }
  if (statusCode < 400) {
    response.destroy();
    throw unexpected(response);
  }
  const text = hideSent(await readAll(response, MAX_ERROR_BYTES), sent);
  const status = parseStatus(text);
  const retryAfter = Number(response.headers['retry-after']);
  throw new ApiServerError(
    'refused',
    status.message ?? `the API server answered ${statusCode}`,
    {
      statusCode,
      status,
      ...(retryAfter > 0 ? { retryAfterMs: retryAfter * 1000 } : {}),
    },
  );
}

function unexpected(response: http.IncomingMessage): ApiServerError {
  const type = response.headers['content-type']?.split(';')[0] ?? 'no type';
  return new ApiServerError(
    'unexpected',
    `the answer is not from an API server (status ${response.statusCode}, ${type})`,
    { statusCode: response.statusCode ?? 0 },
  );
}

function parseStatus(text: string): ApiStatus {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed && typeof parsed === 'object' ? (parsed as ApiStatus) : {};
  } catch {
    return {};
  }
}

function parseJson(response: http.IncomingMessage, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unexpected(response);
  }
}

async function readAll(
  response: http.IncomingMessage,
  maxBytes: number,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > maxBytes) {
      response.destroy();
      throw new ApiServerError(
        'unexpected',
        `the answer is larger than ${maxBytes} bytes`,
      );
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
