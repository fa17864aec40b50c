import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import type { RequestOptions } from './MeshTracingApi';
import { queryString, type QueryValue } from './requestPath';

/** One request to the backend plugin. */
export interface Call extends RequestOptions {
  /** Media types; JSON when absent. */
  accept?: string;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Record<string, QueryValue>;
  body?: unknown;
}

/** Requests to the backend plugin, wherever the portal has it. */
export class BackendCalls {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): BackendCalls {
    return new BackendCalls(options);
  }

  private constructor(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  /** @throws ResponseError when the backend answers with an error */
  async call<T>(path: string, call: Call = {}): Promise<T> {
    const response = await this.fetch(path, call);
    return (await response.json()) as T;
  }

  /** @throws ResponseError when the backend answers with an error */
  async fetch(path: string, call: Call): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('mesh-tracing');
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${path}${queryString(call.query)}`,
      {
        method: call.method ?? 'GET',
        signal: call.signal,
        ...(call.accept && { headers: { Accept: call.accept } }),
        ...(call.body !== undefined && {
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(call.body),
        }),
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}
