import type { CompoundEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import type {
  AlertRulesRequest,
  AlertRulesResponse,
  ApplyRequest,
  ApplyResponse,
  ConditionalRequest,
  ConditionalResponse,
  DependenciesResponse,
  DiagnosisResponse,
  ForcingResponse,
  HistoryPageQuery,
  HistoryQuery,
  HistoryResponse,
  LatencyResponse,
  LocatedTrace,
  OverrideRequest,
  OwnedAlertRulesRequest,
  MeshSetupFindingsResponse,
  OwnedResponse,
  OwnedSetupFindingsResponse,
  PreviewResponse,
  PropagationResponse,
  RequestRateResponse,
  RequestsResponse,
  RevertRequest,
  SetupFindingsResponse,
  TracedRequestsResponse,
  TraceResponse,
  TracesQuery,
  TracesResponse,
  TracingResponse,
  WorkloadsResponse,
  YamlCheckResponse,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshTracingApi,
  ReportFormat,
  RequestOptions,
  StatisticsQuery,
  TimeWindow,
  TraceOptions,
} from './MeshTracingApi';
import { readTraceStream } from './readTraceStream';
import { entityPath, queryString, type QueryValue } from './requestPath';

/** One JSON value a line. */
const NDJSON = 'application/x-ndjson';

interface Call extends RequestOptions {
  /** Media types; JSON when absent. */
  accept?: string;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Record<string, QueryValue>;
  body?: unknown;
}

/** Speaks to the backend plugin over HTTP. */
export class MeshTracingClient implements MeshTracingApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): MeshTracingClient {
    return new MeshTracingClient(options.discoveryApi, options.fetchApi);
  }

  private constructor(discoveryApi: DiscoveryApi, fetchApi: FetchApi) {
    this.#discoveryApi = discoveryApi;
    this.#fetchApi = fetchApi;
  }

  getWorkloads(entity: CompoundEntityRef, options?: RequestOptions) {
    return this.#call<WorkloadsResponse>(
      entityPath(entity, 'workloads'),
      options,
    );
  }

  getTracing(entity: CompoundEntityRef, options?: RequestOptions) {
    return this.#call<TracingResponse>(entityPath(entity, 'tracing'), options);
  }

  checkYaml(entity: CompoundEntityRef, text: string, options?: RequestOptions) {
    return this.#call<YamlCheckResponse>(entityPath(entity, 'yaml-check'), {
      ...options,
      method: 'POST',
      body: { text },
    });
  }

  getTraces(
    entity: CompoundEntityRef,
    query: TracesQuery,
    options?: RequestOptions,
  ) {
    return this.#call<TracesResponse>(entityPath(entity, 'traces'), {
      ...options,
      query: query as Record<string, QueryValue>,
    });
  }

  async getTrace(
    entity: CompoundEntityRef,
    traceId: string,
    window?: Partial<TimeWindow>,
    options?: TraceOptions,
  ) {
    const response = await this.#fetch(
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
  }

  getLatency(
    entity: CompoundEntityRef,
    query: StatisticsQuery,
    options?: RequestOptions,
  ) {
    return this.#call<LatencyResponse>(entityPath(entity, 'latency'), {
      ...options,
      query: { ...query },
    });
  }

  getDiagnosis(
    entity: CompoundEntityRef,
    window: TimeWindow,
    options?: RequestOptions,
  ) {
    return this.#call<DiagnosisResponse>(entityPath(entity, 'diagnosis'), {
      ...options,
      query: { ...window },
    });
  }

  getPropagation(
    entity: CompoundEntityRef,
    query: StatisticsQuery,
    options?: RequestOptions,
  ) {
    return this.#call<PropagationResponse>(entityPath(entity, 'propagation'), {
      ...options,
      query: { ...query },
    });
  }

  getRequests(
    entity: CompoundEntityRef,
    window: TimeWindow,
    options?: RequestOptions,
  ) {
    return this.#call<RequestsResponse>(entityPath(entity, 'requests'), {
      ...options,
      query: { ...window },
    });
  }

  getTracedRequests(
    entity: CompoundEntityRef,
    window: TimeWindow,
    options?: RequestOptions,
  ) {
    return this.#call<TracedRequestsResponse>(
      entityPath(entity, 'requests/traced'),
      { ...options, query: { ...window } },
    );
  }

  getDependencies(
    entity: CompoundEntityRef,
    query: StatisticsQuery,
    options?: RequestOptions,
  ) {
    return this.#call<DependenciesResponse>(
      entityPath(entity, 'dependencies'),
      { ...options, query: { ...query } },
    );
  }

  async getReport(
    entity: CompoundEntityRef,
    query: StatisticsQuery & { format: ReportFormat },
    options?: RequestOptions,
  ) {
    const response = await this.#fetch(entityPath(entity, 'report'), {
      ...options,
      query: { ...query },
    });
    return response.text();
  }

  previewOverride(
    entity: CompoundEntityRef,
    request: OverrideRequest,
    options?: RequestOptions,
  ) {
    return this.#call<PreviewResponse>(entityPath(entity, 'sampling/preview'), {
      ...options,
      method: 'POST',
      body: request,
    });
  }

  applyOverride(
    entity: CompoundEntityRef,
    request: ApplyRequest,
    options?: RequestOptions,
  ) {
    return this.#call<ApplyResponse>(entityPath(entity, 'sampling/override'), {
      ...options,
      method: 'PUT',
      body: request,
    });
  }

  revertOverride(
    entity: CompoundEntityRef,
    request: RevertRequest,
    options?: RequestOptions,
  ) {
    return this.#call<{ reverted: true }>(
      entityPath(entity, 'sampling/override'),
      {
        ...options,
        method: 'DELETE',
        body: request,
      },
    );
  }

  getSamplingHistory(
    entity: CompoundEntityRef,
    query?: HistoryQuery,
    options?: RequestOptions,
  ) {
    return this.#call<HistoryResponse>(entityPath(entity, 'sampling/history'), {
      ...options,
      query: { ...query },
    });
  }

  getSetupFindings(
    entity: CompoundEntityRef,
    window: TimeWindow,
    options?: RequestOptions,
  ) {
    return this.#call<SetupFindingsResponse>(
      entityPath(entity, 'setup-findings'),
      { ...options, query: { ...window } },
    );
  }

  getRequestRate(entity: CompoundEntityRef, options?: RequestOptions) {
    return this.#call<RequestRateResponse>(
      entityPath(entity, 'request-rate'),
      options,
    );
  }

  getOwnedSetupFindings(query?: { owner?: string }, options?: RequestOptions) {
    return this.#call<OwnedSetupFindingsResponse>('/v1/owned/setup-findings', {
      ...options,
      query,
    });
  }

  getMeshSetupFindings(options?: RequestOptions) {
    return this.#call<MeshSetupFindingsResponse>(
      '/v1/mesh/setup-findings',
      options,
    );
  }

  getOwned(query?: { owner?: string }, options?: RequestOptions) {
    return this.#call<OwnedResponse>('/v1/owned', { ...options, query });
  }

  getOwnedHistory(query?: HistoryPageQuery, options?: RequestOptions) {
    return this.#call<HistoryResponse>('/v1/owned/history', {
      ...options,
      query: { ...query },
    });
  }

  getForcing(entity: CompoundEntityRef, options?: RequestOptions) {
    return this.#call<ForcingResponse>(entityPath(entity, 'forcing'), options);
  }

  planConditionalTracing(
    entity: CompoundEntityRef,
    request: ConditionalRequest,
    options?: RequestOptions,
  ) {
    return this.#call<ConditionalResponse>(
      entityPath(entity, 'forcing/conditional'),
      { ...options, method: 'POST', body: request },
    );
  }

  locateTrace(traceId: string, options?: RequestOptions) {
    return this.#call<LocatedTrace>(
      `/v1/traces/${encodeURIComponent(traceId)}`,
      options,
    );
  }

  makeAlertRules(
    entity: CompoundEntityRef,
    request: AlertRulesRequest,
    options?: RequestOptions,
  ) {
    return this.#call<AlertRulesResponse>(entityPath(entity, 'alert-rules'), {
      ...options,
      method: 'POST',
      body: request,
    });
  }

  makeOwnedAlertRules(
    request: OwnedAlertRulesRequest,
    options?: RequestOptions,
  ) {
    return this.#call<AlertRulesResponse>('/v1/owned/alert-rules', {
      ...options,
      method: 'POST',
      body: request,
    });
  }

  async #call<T>(path: string, call: Call = {}): Promise<T> {
    const response = await this.#fetch(path, call);
    return (await response.json()) as T;
  }

  async #fetch(path: string, call: Call): Promise<Response> {
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
