import { wilson } from '../../latency';
import { evidenceOf, type SetupFinding } from '../SetupFinding';
import { setupFindingCatalog } from '../setupFindingCatalog';
import type { SpanInspection } from './SpanInspection';

/** Less of them changes no percentile that anybody looks at. */
export const HEALTH_CHECK_SHARE = 0.1;
/** Of fewer no share is told. */
export const LEAST_HEALTH_CHECKS = 10;

/**
 * Drops single spans: of a trace that a health check began, what it called is left,
 * which is nothing as a rule.
 * @public
 */
export const HEALTH_CHECK_FILTER = `processors:
  filter/health-checks:
    error_mode: ignore
    traces:
      span:
        - IsMatch(attributes["user_agent"], "^(kube-probe|GoogleHC|ELB-HealthChecker)/")
        - IsMatch(attributes["user_agent.original"], "^(kube-probe|GoogleHC|ELB-HealthChecker)/")
        - IsMatch(attributes["url.path"], "^/(healthz?|readyz?|livez|actuator/health)(/|$)")
        - IsMatch(attributes["http.url"], "^https?://[^/]+/(healthz?|readyz?|livez|actuator/health)([/?]|$)")
        - attributes["rpc.service"] == "grpc.health.v1.Health"
# Name filter/health-checks among the processors of the traces pipeline.
`;

/**
 * Whether health checks are a large share of what is traced: so large at 95 %
 * confidence, as the spans are a sample.
 * @public
 */
export function checkHealthChecks({
  requestCount,
  healthCheckCount,
}: SpanInspection): SetupFinding | undefined {
  const [low] = wilson(healthCheckCount, requestCount);
  if (healthCheckCount < LEAST_HEALTH_CHECKS || low < HEALTH_CHECK_SHARE) {
    return undefined;
  }
  const percent = (100 * healthCheckCount) / requestCount;
  return {
    severity: 'warning',
    code: 'health-checks-traced',
    what: `${Math.round(
      percent,
    )} % of the traced requests are health checks (${healthCheckCount} of ${requestCount} that were looked at).`,
    whatToDo: setupFindingCatalog['health-checks-traced'].whatToDo,
    evidence: evidenceOf(
      ['share', percent, 'percent'],
      ['request-count', requestCount, 'count'],
      ['span-count', healthCheckCount, 'count'],
    ),
    mends: [
      {
        kind: 'yaml',
        title: 'Have Istio rewrite the probes of kubelets (pod template)',
        text: [
          'metadata:',
          '  annotations:',
          '    sidecar.istio.io/rewriteAppHTTPProbers: "true"',
          '',
        ].join('\n'),
      },
      {
        kind: 'yaml',
        title: 'Drop the spans in the OpenTelemetry collector',
        text: HEALTH_CHECK_FILTER,
      },
    ],
  };
}
