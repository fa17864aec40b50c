import { z } from 'zod';
import {
  alertRulesRequestSchema,
  alertRulesResponseSchema,
  ownedAlertRulesRequestSchema,
} from './alertRulesApi';
import { dependenciesResponseSchema } from './dependenciesApi';
import { diagnosisResponseSchema } from './diagnosisApi';
import { latencyResponseSchema, statisticsQuerySchema } from './latencyApi';
import { ownedResponseSchema } from './ownedApi';
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
  traceResponseSchema,
  tracesQuerySchema,
  tracesResponseSchema,
  windowQuerySchema,
} from './tracesApi';
import { tracingResponseSchema } from './tracingApi';
import { workloadsResponseSchema } from './workloadsApi';

/** One route of the HTTP contract. @public */
export interface ApiRoute {
  method: 'get' | 'post' | 'put' | 'delete';
  /** OpenAPI path below `/api/mesh-tracing`. */
  path: string;
  operationId: string;
  summary: string;
  query?: z.ZodObject;
  body?: z.ZodType;
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
