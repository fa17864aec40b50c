import type { CompoundEntityRef } from '@backstage/catalog-model';
import { createApiRef } from '@backstage/frontend-plugin-api';
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
  SampleLevel,
  SetupFindingsResponse,
  TracedRequestsResponse,
  TraceResponse,
  TracesQuery,
  TracesResponse,
  TracingResponse,
  WorkloadsResponse,
  YamlCheckResponse,
} from 'backstage-plugin-mesh-tracing-common';
import type { PartialTrace } from './readTraceStream';

/**
 * A stretch of time, milliseconds since the epoch.
 * @public
 */
export interface TimeWindow {
  startTimeMs: number;
  endTimeMs: number;
}

/**
 * A window whose statistics are asked for.
 * @public
 */
export interface StatisticsQuery extends TimeWindow {
  /** How much to read; `normal` when absent. */
  sample?: SampleLevel;
}

/**
 * Options of every request.
 * @public
 */
export interface RequestOptions {
  signal?: AbortSignal;
}

/**
 * Options of {@link MeshTracingApi.getTrace}.
 * @public
 */
export interface TraceOptions extends RequestOptions {
  /** Is told of the spans that are there while the rest arrives. */
  onProgress?: (partial: PartialTrace) => void;
}

/**
 * Forms that a report comes in.
 * @public
 */
export type ReportFormat = 'markdown' | 'json';

/**
 * What the views ask of the backend. Every method rejects with a
 * `ResponseError` when the backend answers with an error.
 * @public
 */
export interface MeshTracingApi {
  /** Workloads of an entity, and by which rule they were found. */
  getWorkloads(
    entity: CompoundEntityRef,
    options?: RequestOptions,
  ): Promise<WorkloadsResponse>;
  /** Effective tracing per workload, with provenance. */
  getTracing(
    entity: CompoundEntityRef,
    options?: RequestOptions,
  ): Promise<TracingResponse>;
  /** What a text of configuration would do; changes and keeps nothing. */
  checkYaml(
    entity: CompoundEntityRef,
    text: string,
    options?: RequestOptions,
  ): Promise<YamlCheckResponse>;
  /** Trace summaries, newest first. */
  getTraces(
    entity: CompoundEntityRef,
    query: TracesQuery,
    options?: RequestOptions,
  ): Promise<TracesResponse>;
  /** One trace; the window speeds up stores that search by time. */
  getTrace(
    entity: CompoundEntityRef,
    traceId: string,
    window?: Partial<TimeWindow>,
    options?: TraceOptions,
  ): Promise<TraceResponse>;
  /** Latency statistics and their comparison with the window before. */
  getLatency(
    entity: CompoundEntityRef,
    query: StatisticsQuery,
    options?: RequestOptions,
  ): Promise<LatencyResponse>;
  /** Why there are no traces, rung by rung for each workload. */
  getDiagnosis(
    entity: CompoundEntityRef,
    window: TimeWindow,
    options?: RequestOptions,
  ): Promise<DiagnosisResponse>;
  /** Rate, failures and durations of all requests, from metrics. */
  getRequests(
    entity: CompoundEntityRef,
    window: TimeWindow,
    options?: RequestOptions,
  ): Promise<RequestsResponse>;
  /** How large a share of the requests was traced. */
  getTracedRequests(
    entity: CompoundEntityRef,
    window: TimeWindow,
    options?: RequestOptions,
  ): Promise<TracedRequestsResponse>;
  /** Who calls the entity, and whom it calls. */
  getDependencies(
    entity: CompoundEntityRef,
    query: StatisticsQuery,
    options?: RequestOptions,
  ): Promise<DependenciesResponse>;
  /** Whether calls join the traces of the requests that they are made for. */
  getPropagation(
    entity: CompoundEntityRef,
    query: StatisticsQuery,
    options?: RequestOptions,
  ): Promise<PropagationResponse>;
  /** What an override would do; changes nothing. */
  previewOverride(
    entity: CompoundEntityRef,
    request: OverrideRequest,
    options?: RequestOptions,
  ): Promise<PreviewResponse>;
  /** One document about an entity and a window, as text of the given format. */
  getReport(
    entity: CompoundEntityRef,
    query: StatisticsQuery & { format: ReportFormat },
    options?: RequestOptions,
  ): Promise<string>;
  /** Applies what was previewed. */
  applyOverride(
    entity: CompoundEntityRef,
    request: ApplyRequest,
    options?: RequestOptions,
  ): Promise<ApplyResponse>;
  /** Removes the override. */
  revertOverride(
    entity: CompoundEntityRef,
    request: RevertRequest,
    options?: RequestOptions,
  ): Promise<{ reverted: true }>;
  /** Who changed what, newest first: of the entity, or of its namespaces. */
  getSamplingHistory(
    entity: CompoundEntityRef,
    query?: HistoryQuery,
    options?: RequestOptions,
  ): Promise<HistoryResponse>;
  /** What of a production set-up is likely to hurt. */
  getSetupFindings(
    entity: CompoundEntityRef,
    window: TimeWindow,
    options?: RequestOptions,
  ): Promise<SetupFindingsResponse>;
  /** Requests that begin at each workload, to choose a percentage by. */
  getRequestRate(
    entity: CompoundEntityRef,
    options?: RequestOptions,
  ): Promise<RequestRateResponse>;
  /** The same findings from configuration alone, of everything that the user owns. */
  getOwnedSetupFindings(
    query?: { owner?: string },
    options?: RequestOptions,
  ): Promise<OwnedSetupFindingsResponse>;
  /** The same of the whole mesh, for who may see it. */
  getMeshSetupFindings(
    options?: RequestOptions,
  ): Promise<MeshSetupFindingsResponse>;
  /** Everything that the user owns, with effective sampling. */
  getOwned(
    query?: { owner?: string },
    options?: RequestOptions,
  ): Promise<OwnedResponse>;
  /** Who changed what of everything that the user owns, newest first. */
  getOwnedHistory(
    query?: HistoryPageQuery,
    options?: RequestOptions,
  ): Promise<HistoryResponse>;
  /** Where one request can be sent so that it is traced, and how. */
  getForcing(
    entity: CompoundEntityRef,
    options?: RequestOptions,
  ): Promise<ForcingResponse>;
  /** Configuration that traces marked requests; changes nothing. */
  planConditionalTracing(
    entity: CompoundEntityRef,
    request: ConditionalRequest,
    options?: RequestOptions,
  ): Promise<ConditionalResponse>;
  /** Which entities of the user a trace belongs to. */
  locateTrace(traceId: string, options?: RequestOptions): Promise<LocatedTrace>;
  /** Alert rules of an entity, checked against the live metrics. */
  makeAlertRules(
    entity: CompoundEntityRef,
    request: AlertRulesRequest,
    options?: RequestOptions,
  ): Promise<AlertRulesResponse>;
  /** Alert rules of everything that the user owns, within a limit. */
  makeOwnedAlertRules(
    request: OwnedAlertRulesRequest,
    options?: RequestOptions,
  ): Promise<AlertRulesResponse>;
}

/**
 * The client of the Mesh Tracing backend.
 * @public
 */
export const meshTracingApiRef = createApiRef<MeshTracingApi>({
  id: 'plugin.mesh-tracing.client',
});
