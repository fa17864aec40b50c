import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import type { TraceResponse } from 'backstage-plugin-mesh-tracing-common';
import { BackendCalls, type Call } from './BackendCalls';
import type { MeshTracingApi, RequestOptions } from './MeshTracingApi';
import { readTraceStream } from './readTraceStream';
import { entityPath } from './requestPath';

/** One JSON value a line. */
const NDJSON = 'application/x-ndjson';

/** Speaks to the backend plugin over HTTP. */
export class MeshTracingClient implements MeshTracingApi {
  readonly #backend: BackendCalls;

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): MeshTracingClient {
    return new MeshTracingClient(BackendCalls.create(options));
  }

  private constructor(backend: BackendCalls) {
    this.#backend = backend;
  }

  getWorkloads: MeshTracingApi['getWorkloads'] = (entity, options) =>
    this.#get(entity, 'workloads', options);

  getTracing: MeshTracingApi['getTracing'] = (entity, options) =>
    this.#get(entity, 'tracing', options);

  checkYaml: MeshTracingApi['checkYaml'] = (entity, text, options) =>
    this.#send('POST', entityPath(entity, 'yaml-check'), { text }, options);

  getTraces: MeshTracingApi['getTraces'] = (entity, query, options) =>
    this.#get(entity, 'traces', options, query);

  getTrace: MeshTracingApi['getTrace'] = async (
    entity,
    traceId,
    window,
    options,
  ) => {
    const response = await this.#backend.fetch(
      entityPath(entity, `traces/${encodeURIComponent(traceId)}`),
      {
        signal: options?.signal,
        query: { ...window },
        accept: options?.onProgress && `${NDJSON}, application/json;q=0.5`,
      },
    );
    const type = response.headers.get('Content-Type') ?? '';
    return response.body && options?.onProgress && type.startsWith(NDJSON)
      ? readTraceStream(response.body, options.onProgress)
      : ((await response.json()) as TraceResponse);
  };

  getLatency: MeshTracingApi['getLatency'] = (entity, query, options) =>
    this.#get(entity, 'latency', options, query);

  getDiagnosis: MeshTracingApi['getDiagnosis'] = (entity, window, options) =>
    this.#get(entity, 'diagnosis', options, window);

  getPropagation: MeshTracingApi['getPropagation'] = (entity, query, options) =>
    this.#get(entity, 'propagation', options, query);

  getRequests: MeshTracingApi['getRequests'] = (entity, window, options) =>
    this.#get(entity, 'requests', options, window);

  getTracedRequests: MeshTracingApi['getTracedRequests'] = (
    entity,
    window,
    options,
  ) => this.#get(entity, 'requests/traced', options, window);

  getDependencies: MeshTracingApi['getDependencies'] = (
    entity,
    query,
    options,
  ) => this.#get(entity, 'dependencies', options, query);

  getReport: MeshTracingApi['getReport'] = async (entity, query, options) => {
    const path = entityPath(entity, 'report');
    const call = { ...options, query: { ...query } };
    return (await this.#backend.fetch(path, call)).text();
  };

  previewOverride: MeshTracingApi['previewOverride'] = (
    entity,
    request,
    options,
  ) =>
    this.#send(
      'POST',
      entityPath(entity, 'sampling/preview'),
      request,
      options,
    );

  applyOverride: MeshTracingApi['applyOverride'] = (entity, request, options) =>
    this.#send(
      'PUT',
      entityPath(entity, 'sampling/override'),
      request,
      options,
    );

  revertOverride: MeshTracingApi['revertOverride'] = (
    entity,
    request,
    options,
  ) =>
    this.#send(
      'DELETE',
      entityPath(entity, 'sampling/override'),
      request,
      options,
    );

  getSamplingHistory: MeshTracingApi['getSamplingHistory'] = (
    entity,
    query,
    options,
  ) => this.#get(entity, 'sampling/history', options, query);

  getSetupFindings: MeshTracingApi['getSetupFindings'] = (
    entity,
    window,
    options,
  ) => this.#get(entity, 'setup-findings', options, window);

  getRequestRate: MeshTracingApi['getRequestRate'] = (entity, options) =>
    this.#get(entity, 'request-rate', options);

  getOwnedSetupFindings: MeshTracingApi['getOwnedSetupFindings'] = (
    query,
    options,
  ) => this.#backend.call('/v1/owned/setup-findings', { ...options, query });

  getMeshSetupFindings: MeshTracingApi['getMeshSetupFindings'] = options =>
    this.#backend.call('/v1/mesh/setup-findings', options);

  getOwned: MeshTracingApi['getOwned'] = (query, options) =>
    this.#backend.call('/v1/owned', { ...options, query });

  getOwnedHistory: MeshTracingApi['getOwnedHistory'] = (query, options) =>
    this.#backend.call('/v1/owned/history', {
      ...options,
      query: { ...query },
    });

  getForcing: MeshTracingApi['getForcing'] = (entity, options) =>
    this.#get(entity, 'forcing', options);

  planConditionalTracing: MeshTracingApi['planConditionalTracing'] = (
    entity,
    request,
    options,
  ) =>
    this.#send(
      'POST',
      entityPath(entity, 'forcing/conditional'),
      request,
      options,
    );

  locateTrace: MeshTracingApi['locateTrace'] = (traceId, options) =>
    this.#backend.call(`/v1/traces/${encodeURIComponent(traceId)}`, options);

  makeAlertRules: MeshTracingApi['makeAlertRules'] = (
    entity,
    request,
    options,
  ) => this.#send('POST', entityPath(entity, 'alert-rules'), request, options);

  makeOwnedAlertRules: MeshTracingApi['makeOwnedAlertRules'] = (
    request,
    options,
  ) => this.#send('POST', '/v1/owned/alert-rules', request, options);

  #get<T>(
    entity: CompoundEntityRef,
    what: string,
    options?: RequestOptions,
    query?: object,
  ): Promise<T> {
    const call = { ...options, query: { ...query } };
    return this.#backend.call(entityPath(entity, what), call);
  }

  #send<T>(
    method: Call['method'],
    path: string,
    body: unknown,
    options?: RequestOptions,
  ): Promise<T> {
    return this.#backend.call(path, { ...options, method, body });
  }
}
