import type {
  MeasuredRequests,
  RequestsResponse,
  TracedRequestsResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { NOW_MS } from './traceFixtures';

const answer = {
  entityRef: 'component:default/checkout',
  store: 'main',
  startTimeMs: NOW_MS - 3_600_000,
  endTimeMs: NOW_MS,
};

/** As Istio's metrics tell of a service with 41.37 requests a second. */
export function measuredRequests(
  patch: Partial<MeasuredRequests> = {},
): MeasuredRequests {
  const figures = {
    callsPerSecond: 41.37,
    errorRate: 0.021,
    p50Us: 31_000,
    p95Us: 120_000,
    p99Us: 640_000,
  };
  return {
    source: { kind: 'istio', counts: 'every-request' },
    overall: figures,
    services: [{ service: 'checkout-v1.shop', ...figures }],
    operations: [
      {
        service: 'checkout-v1.shop',
        ...figures,
        operation: 'POST /orders',
        p95Us: null,
      },
    ],
    knowsOperations: true,
    series: {
      stepMs: 600_000,
      points: Array.from({ length: 6 }, (_, index) => ({
        startMs: NOW_MS - (6 - index) * 600_000,
        ...figures,
        callsPerSecond: 40 + index,
      })),
    },
    resolutionMs: 15_000,
    missing: [],
    ...patch,
  };
}

/** Without metrics, unless they are given. */
export function requestsResponse(
  requests: MeasuredRequests | null = null,
  patch: Partial<RequestsResponse> = {},
): RequestsResponse {
  return { ...answer, requests, ...patch };
}

/** Not told, unless a share is given. */
export function tracedRequestsResponse(
  patch: Partial<TracedRequestsResponse> = {},
): TracedRequestsResponse {
  return {
    ...answer,
    share: null,
    reason: 'no-metrics',
    findings: [],
    ...patch,
  };
}
