export {
  type AlertCheck,
  alertCheckSchema,
  type AlertRuleKind,
  alertRuleKindSchema,
  type AlertRulesRequest,
  alertRulesRequestSchema,
  type AlertRulesResponse,
  alertRulesResponseSchema,
  type AlertRuleView,
  alertRuleViewSchema,
  type AlertSeverity,
  alertSeveritySchema,
  MAX_ALERT_ENTITIES,
  type OwnedAlertRulesRequest,
  ownedAlertRulesRequestSchema,
} from './alertRulesApi';
export { type BindingView, bindingViewSchema } from './bindingApi';
export {
  type DependenciesResponse,
  dependenciesResponseSchema,
} from './dependenciesApi';
export {
  type DiagnosisResponse,
  diagnosisResponseSchema,
} from './diagnosis/diagnosisApi';
export {
  type ConflictDetails,
  conflictDetailsSchema,
  type ErrorDetails,
  errorDetailsSchema,
} from './errors';
export {
  type ConditionalRequest,
  conditionalRequestSchema,
  type ConditionalResponse,
  conditionalResponseSchema,
  type ForcingResponse,
  forcingResponseSchema,
  type LocatedTrace,
  locatedTraceSchema,
} from './forcingApi';
export {
  type AllRequests,
  allRequestsSchema,
  type LatencyResponse,
  latencyResponseSchema,
  statisticsQuerySchema,
} from './latencyApi';
export {
  createOpenApiDocument,
  type JsonSchema,
  type OpenApiDocument,
  type OpenApiOperation,
  type OpenApiParameter,
  type OpenApiResponse,
} from './openApiDocument';
export { type OwnedResponse, ownedResponseSchema } from './ownedApi';
export {
  type PropagationResponse,
  propagationResponseSchema,
} from './diagnosis/propagationApi';
export { type ReportResponse, reportResponseSchema } from './reportApi';
export {
  measuredRequestsSchema,
  type RequestsResponse,
  requestsResponseSchema,
  type TracedRequestsResponse,
  tracedRequestsResponseSchema,
} from './requestsApi';
export { type ApiRoute, apiRoutes } from './routes';
export {
  type MeshSetupFindingsResponse,
  meshSetupFindingsResponseSchema,
  type OwnedSetupFindingsResponse,
  ownedSetupFindingsResponseSchema,
  type RequestRateResponse,
  requestRateResponseSchema,
  setupFindingSchema,
  setupFindingsQuerySchema,
  type SetupFindingsResponse,
  setupFindingsResponseSchema,
} from './diagnosis/setupApi';
export { sampleFactsSchema, sampleLevelSchema } from './sampleApi';
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
export {
  type ProxyAcceptance,
  proxyAcceptanceSchema,
} from './sampling/proxyAcceptanceSchema';
export {
  type ApplyRequest,
  applyRequestSchema,
  type ApplyResponse,
  applyResponseSchema,
  type OverrideRequest,
  overrideRequestSchema,
  type RevertRequest,
  revertRequestSchema,
} from './sampling/overrideApi';
export {
  type GitOpsHandover,
  gitOpsHandoverSchema,
  type Handover,
  handoverSchema,
  policyVerdictSchema,
  type PolicyVerdictView,
  type PreviewResponse,
  previewResponseSchema,
  type Reach,
  reachSchema,
} from './sampling/previewApi';
export {
  type HistoryEntry,
  historyEntrySchema,
  type HistoryPageQuery,
  historyPageQuerySchema,
  type HistoryQuery,
  historyQuerySchema,
  type HistoryResponse,
  historyResponseSchema,
  type OverrideSettings,
  overrideSettingsSchema,
} from './sampling/historyApi';
export {
  traceCoverageSchema,
  type TraceCoverageView,
  type TraceResponse,
  traceResponseSchema,
  type TraceStreamLine,
  traceStreamLineSchema,
  type TracesQuery,
  tracesQuerySchema,
  type TracesResponse,
  tracesResponseSchema,
  windowQuerySchema,
} from './tracesApi';
export {
  effectiveTracingSchema,
  overrideSchema,
  type OverrideView,
  type SamplingAbility,
  samplingAbilitySchema,
  type TracingResponse,
  tracingResponseSchema,
  type WorkloadTracing,
  workloadTracingSchema,
} from './tracingApi';
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
export { pathParameterSchemas } from './pathParameters';
export {
  type YamlCheckRequest,
  yamlCheckRequestSchema,
  type YamlCheckResponse,
  yamlCheckResponseSchema,
} from './diagnosis/yamlCheckApi';
