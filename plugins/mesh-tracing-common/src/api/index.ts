export { type BindingView, bindingViewSchema } from './bindingApi';
export {
  type DependenciesResponse,
  dependenciesResponseSchema,
} from './dependenciesApi';
export {
  type ConflictDetails,
  conflictDetailsSchema,
  type ErrorDetails,
  errorDetailsSchema,
} from './errors';
export { findingSchema } from './findingSchema';
export {
  type AllRequests,
  allRequestsSchema,
  failureCountSchema,
  latencyAnalysisSchema,
  latencyComparisonSchema,
  type LatencyResponse,
  latencyResponseSchema,
  latencyStatisticsSchema,
  sampleConfidenceSchema,
} from './latencyApi';
export {
  createOpenApiDocument,
  type OpenApiDocument,
  type OpenApiOperation,
  type OpenApiParameter,
  type OpenApiResponse,
} from './openApiDocument';
export { type OwnedResponse, ownedResponseSchema } from './ownedApi';
export {
  reportQuerySchema,
  type ReportResponse,
  reportResponseSchema,
} from './reportApi';
export { type ApiRoute, apiRoutes, ownedQuerySchema } from './routes';
export {
  OVERRIDE_SCOPES,
  type OverrideScope,
  type WideScope,
} from './sampling/OverrideScope';
export type {
  FirstHop,
  SamplingEffect,
  StartedElsewhere,
  StartedHere,
  TracesSeen,
} from './sampling/SamplingEffect';
export { overrideScopeSchema } from './sampling/overrideScopeSchema';
export {
  type ProxyAcceptance,
  proxyAcceptanceSchema,
} from './sampling/proxyAcceptanceSchema';
export {
  type ApplyRequest,
  applyRequestSchema,
  type ApplyResponse,
  applyResponseSchema,
  dryRunSchema,
  type GitOpsHandover,
  gitOpsHandoverSchema,
  type Handover,
  handoverSchema,
  type HistoryEntry,
  historyEntrySchema,
  type HistoryPageQuery,
  historyPageQuerySchema,
  type HistoryQuery,
  historyQuerySchema,
  type HistoryResponse,
  historyResponseSchema,
  type OverrideRequest,
  overrideRequestSchema,
  type OverrideSettings,
  overrideSettingsSchema,
  policyVerdictSchema,
  type PolicyVerdictView,
  type PreviewResponse,
  previewResponseSchema,
  type Reach,
  reachSchema,
  type RevertRequest,
  revertRequestSchema,
  revertResponseSchema,
} from './sampling/samplingApi';
export { samplingEffectSchema } from './sampling/samplingEffectSchema';
export {
  spanSchema,
  traceCoverageSchema,
  type TraceCoverageView,
  traceInsightsSchema,
  type TraceResponse,
  traceResponseSchema,
  type TracesQuery,
  tracesQuerySchema,
  type TracesResponse,
  tracesResponseSchema,
  traceSummarySchema,
  windowQuerySchema,
} from './tracesApi';
export {
  customTagSchema,
  effectiveTracingSchema,
  overrideSchema,
  type OverrideView,
  type SamplingAbility,
  samplingAbilitySchema,
  spanReportingSchema,
  type TracingResponse,
  tracingResponseSchema,
  tracingSourceSchema,
  type WorkloadTracing,
  workloadTracingSchema,
} from './tracingApi';
export { workloadRefSchema } from './workloadRefSchema';
export {
  type ClusterState,
  clusterStateSchema,
  type TraceServiceName,
  traceServiceNameSchema,
  type WorkloadsResponse,
  workloadsResponseSchema,
  type WorkloadView,
  workloadViewSchema,
} from './workloadsApi';
