import { SHOP_TRACE_ID } from './exampleTraces';
import type { Question, RouteName } from './startMeshTracing';

export const FRONTEND = {
  cluster: 'main',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'frontend',
};

/** A form that is fine, ending in half an hour. */
export function overrideRequest(changes: object = {}) {
  return {
    workload: FRONTEND,
    samplingPercent: 50,
    customTags: { team: { literal: { value: 'storefront' } } },
    expiresAt: new Date(Date.now() + 30 * 60_000).toISOString(),
    reason: 'looking for a slow query',
    ...changes,
  };
}

/** A wish for one alert of each kind. */
export function alertRulesRequest(changes: object = {}) {
  const timing = { windowMinutes: 5, forMinutes: 10, severity: 'warning' };
  return {
    errorRate: { maxPercent: 1, leastRequests: 20, ...timing },
    errorBudget: { objectivePercent: 99.9, periodDays: 30, leastRequests: 0 },
    latency: { p95MaxMs: 250, leastRequests: 20, ...timing },
    lostSpans: { maxPercent: 1, ...timing },
    tracedShare: { minPercent: 0.5, ...timing },
    ...changes,
  };
}

/** A question to each route that is well-formed. */
export function validQuestion(route: RouteName): Question {
  switch (route) {
    case 'conditionalTracing':
      return { body: { workload: FRONTEND, header: 'x-trace-me' } };
    case 'trace':
    case 'locateTrace':
      return { traceId: SHOP_TRACE_ID };
    case 'preview':
      return { body: overrideRequest() };
    case 'apply':
      return {
        body: {
          override: overrideRequest(),
          token: 'not a token',
          requestId: '3c7a3b8e-6b7c-4ca6-9d4e-24b6cf3e3f1d',
        },
      };
    case 'yamlCheck':
      return { body: { text: 'enableTracing: true\n' } };
    case 'revert':
      return { body: { workload: FRONTEND, uid: 'u', resourceVersion: '1' } };
    case 'alertRules':
    case 'ownedAlertRules':
      return { body: alertRulesRequest() };
    default:
      return {};
  }
}
