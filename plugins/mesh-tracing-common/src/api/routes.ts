import { z } from 'zod';
import {
  alertRulesRequestSchema,
  alertRulesResponseSchema,
  ownedAlertRulesRequestSchema,
} from './alertRulesApi';
import { dependenciesResponseSchema } from './dependenciesApi';
import { diagnosisResponseSchema } from './diagnosis/diagnosisApi';
import {
  conditionalRequestSchema,
  conditionalResponseSchema,
  forcingResponseSchema,
  locatedTraceSchema,
} from './forcingApi';
import { latencyResponseSchema, statisticsQuerySchema } from './latencyApi';
import { ownedResponseSchema } from './ownedApi';
import { propagationResponseSchema } from './diagnosis/propagationApi';
import { reportQuerySchema, reportResponseSchema } from './reportApi';
import {
  requestsResponseSchema,
  tracedRequestsResponseSchema,
} from './requestsApi';
import {
  applyRequestSchema,
  applyResponseSchema,
  overrideRequestSchema,
  revertRequestSchema,
  revertResponseSchema,
} from './sampling/overrideApi';
import {
  historyPageQuerySchema,
  historyQuerySchema,
  historyResponseSchema,
} from './sampling/historyApi';
import { previewResponseSchema } from './sampling/previewApi';
import {
  meshSetupFindingsResponseSchema,
  ownedSetupFindingsResponseSchema,
  requestRateResponseSchema,
  setupFindingsQuerySchema,
  setupFindingsResponseSchema,
} from './diagnosis/setupApi';
import {
  traceResponseSchema,
  tracesQuerySchema,
  tracesResponseSchema,
  windowQuerySchema,
} from './tracesApi';
import { tracingResponseSchema } from './tracingApi';
import { workloadsResponseSchema } from './workloadsApi';
import {
  yamlCheckRequestSchema,
  yamlCheckResponseSchema,
} from './diagnosis/yamlCheckApi';

/** One route of the HTTP contract. @public */
export interface ApiRoute {
  method: 'get' | 'post' | 'put' | 'delete';
  /** OpenAPI path below `/api/mesh-tracing`. */
  path: string;
  operationId: string;
  summary: string;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Bytes of a body, where a route takes more than others. */
  maxBodyBytes?: number;
  response: z.ZodType;
  /** Media types of text in which the answer can be had instead. */
  textTypes?: readonly string[];
}

const entity = '/v1/entities/{kind}/{namespace}/{name}';

/** Query of `GET /owned`. */
export const ownedQuerySchema = z.object({
  /** Limits the answer to entities of this group or user, which must be the caller's own. */
  owner: z.string().max(300).optional(),
});

/** The HTTP contract: server, document and client come from this. @public */
export const apiRoutes = {
  workloads: {
    method: 'get',
    path: `${entity}/workloads`,
    operationId: 'getWorkloads',
    summary: 'Workloads of the entity and how they were found',
    response: workloadsResponseSchema,
  },
  tracing: {
    method: 'get',
    path: `${entity}/tracing`,
    operationId: 'getTracing',
    summary: 'Effective tracing per workload, with provenance',
    response: tracingResponseSchema,
  },
  diagnosis: {
    method: 'get',
    path: `${entity}/diagnosis`,
    operationId: 'getDiagnosis',
    summary: 'Why there are no traces, rung by rung for each workload',
    query: windowQuerySchema,
    response: diagnosisResponseSchema,
  },
  yamlCheck: {
    method: 'post',
    path: `${entity}/yaml-check`,
    operationId: 'checkYaml',
    summary: 'What pasted configuration would do; changes and keeps nothing',
    body: yamlCheckRequestSchema,
    // A text of 1 MiB, whose line ends and quotes are escaped in JSON.
    maxBodyBytes: 3 * 1024 * 1024,
    response: yamlCheckResponseSchema,
  },
  traces: {
    method: 'get',
    path: `${entity}/traces`,
    operationId: 'searchTraces',
    summary: 'Trace summaries of the entity, newest first',
    query: tracesQuerySchema,
    response: tracesResponseSchema,
  },
  trace: {
    method: 'get',
    path: `${entity}/traces/{traceId}`,
    operationId: 'getTrace',
    summary: 'One trace, if a span of it belongs to the entity',
    query: windowQuerySchema,
    response: traceResponseSchema,
  },
  latency: {
    method: 'get',
    path: `${entity}/latency`,
    operationId: 'getLatency',
    summary: 'Latency statistics of the entity',
    query: statisticsQuerySchema,
    response: latencyResponseSchema,
  },
  requests: {
    method: 'get',
    path: `${entity}/requests`,
    operationId: 'getRequests',
    summary: 'Rate, failures and durations of all requests, from metrics',
    query: windowQuerySchema,
    response: requestsResponseSchema,
  },
  tracedRequests: {
    method: 'get',
    path: `${entity}/requests/traced`,
    operationId: 'getTracedRequests',
    summary: 'How large a share of the requests was traced',
    query: windowQuerySchema,
    response: tracedRequestsResponseSchema,
  },
  dependencies: {
    method: 'get',
    path: `${entity}/dependencies`,
    operationId: 'getDependencies',
    summary: 'Who calls the entity and whom it calls',
    query: statisticsQuerySchema,
    response: dependenciesResponseSchema,
  },
  propagation: {
    method: 'get',
    path: `${entity}/propagation`,
    operationId: 'getPropagation',
    summary: 'Whether calls join the traces of the requests they are made for',
    query: statisticsQuerySchema,
    response: propagationResponseSchema,
  },
  report: {
    method: 'get',
    path: `${entity}/report`,
    operationId: 'getReport',
    summary: 'One document about the entity and a window',
    query: reportQuerySchema,
    response: reportResponseSchema,
    textTypes: ['text/markdown'],
  },
  preview: {
    method: 'post',
    path: `${entity}/sampling/preview`,
    operationId: 'previewOverride',
    summary: 'What an override would do; changes nothing',
    body: overrideRequestSchema,
    response: previewResponseSchema,
  },
  apply: {
    method: 'put',
    path: `${entity}/sampling/override`,
    operationId: 'applyOverride',
    summary: 'Applies what was previewed',
    body: applyRequestSchema,
    response: applyResponseSchema,
  },
  revert: {
    method: 'delete',
    path: `${entity}/sampling/override`,
    operationId: 'revertOverride',
    summary: 'Removes the override',
    body: revertRequestSchema,
    response: revertResponseSchema,
  },
  history: {
    method: 'get',
    path: `${entity}/sampling/history`,
    operationId: 'getSamplingHistory',
    summary: 'Who changed what, when and why',
    query: historyQuerySchema,
    response: historyResponseSchema,
  },
  forcing: {
    method: 'get',
    path: `${entity}/forcing`,
    operationId: 'getForcing',
    summary: 'Where one request can be sent so that it is traced, and how',
    response: forcingResponseSchema,
  },
  conditionalTracing: {
    method: 'post',
    path: `${entity}/forcing/conditional`,
    operationId: 'planConditionalTracing',
    summary: 'Configuration that traces marked requests; changes nothing',
    body: conditionalRequestSchema,
    response: conditionalResponseSchema,
  },
  locateTrace: {
    method: 'get',
    path: '/v1/traces/{traceId}',
    operationId: 'locateTrace',
    summary: 'Which entities of the caller a trace belongs to',
    response: locatedTraceSchema,
  },
  owned: {
    method: 'get',
    path: '/v1/owned',
    operationId: 'getOwned',
    summary: 'Everything the caller owns, with effective sampling',
    query: ownedQuerySchema,
    response: ownedResponseSchema,
  },
  ownedHistory: {
    method: 'get',
    path: '/v1/owned/history',
    operationId: 'getOwnedHistory',
    summary: 'Who changed what of everything that the caller owns',
    query: historyPageQuerySchema,
    response: historyResponseSchema,
  },
  setupFindings: {
    method: 'get',
    path: `${entity}/setup-findings`,
    operationId: 'getSetupFindings',
    summary: 'What of a production set-up is likely to hurt: of one entity',
    query: setupFindingsQuerySchema,
    response: setupFindingsResponseSchema,
  },
  requestRate: {
    method: 'get',
    path: `${entity}/request-rate`,
    operationId: 'getRequestRate',
    summary: 'Requests that begin at each workload, to choose a percentage by',
    response: requestRateResponseSchema,
  },
  ownedSetupFindings: {
    method: 'get',
    path: '/v1/owned/setup-findings',
    operationId: 'getOwnedSetupFindings',
    summary:
      'The same from configuration alone, of everything that the caller owns',
    query: ownedQuerySchema,
    response: ownedSetupFindingsResponseSchema,
  },
  meshSetupFindings: {
    method: 'get',
    path: '/v1/mesh/setup-findings',
    operationId: 'getMeshSetupFindings',
    summary: 'The same of all Telemetries and defaults, whoever owns them',
    response: meshSetupFindingsResponseSchema,
  },
  alertRules: {
    method: 'post',
    path: `${entity}/alert-rules`,
    operationId: 'makeAlertRules',
    summary: 'Alert rules for Prometheus, checked against the live metrics',
    body: alertRulesRequestSchema,
    response: alertRulesResponseSchema,
  },
  ownedAlertRules: {
    method: 'post',
    path: '/v1/owned/alert-rules',
    operationId: 'makeOwnedAlertRules',
    summary: 'The same for everything the caller owns, within a limit',
    body: ownedAlertRulesRequestSchema,
    response: alertRulesResponseSchema,
  },
} as const satisfies Record<string, ApiRoute>;
