import type { AlertRulesRequest } from '../api';
import {
  callsOf,
  metricsSchema,
  promQlDuration,
  promQlNumber,
  type MetricsNaming,
  type MetricsSchema,
} from '../metrics';
import type { AlertContext } from './AlertContext';
import type { AlertParts } from './AlertRule';
import { requestNeed } from './requestExpressions';

/**
 * Traces that the threshold lets expect in a window before their absence means
 * anything: with twice as many expected, fewer than these come by chance once in some
 * 10,000 windows.
 */
const LEAST_EXPECTED_TRACES = 20;

/** Names of the kind that the configuration is not about are the usual ones. */
function namingOf(
  kind: MetricsNaming['metrics'],
  naming: MetricsNaming,
): MetricsNaming {
  const { selector } = naming;
  return naming.metrics === kind
    ? naming
    : { metrics: kind, ...(selector && { selector }) };
}

/**
 * Fewer requests are traced than a threshold: spans of servers against requests that
 * the proxies count. Undefined where one of both can't be asked for.
 */
export function tracedShareRule(
  { subject, naming }: AlertContext,
  wish: NonNullable<AlertRulesRequest['tracedShare']>,
): AlertParts | undefined {
  const { minPercent, windowMinutes } = wish;
  const windowSeconds = windowMinutes * 60;
  const range = promQlDuration(windowSeconds);
  const requests = metricsSchema(subject.measured, namingOf('istio', naming));
  const traced = subject.tracedNames.map(services =>
    metricsSchema({ services }, namingOf('spanmetrics', naming)),
  );
  if (requests.sets.length === 0 || traced.length === 0) {
    return undefined;
  }
  const all = callsOf(requests, [], range);
  const tracedRate = traced.map(schema => tracedOf(schema, range)).join(' + ');
  const value = `100 * (${tracedRate}) / ${all}`;
  const needed = Math.ceil((100 * LEAST_EXPECTED_TRACES) / minPercent);
  const expression = `${value} < ${promQlNumber(
    minPercent,
  )}\nand ${all} * ${windowSeconds} >= ${needed}`;
  return {
    alert: 'MeshTracingTracedShareLow',
    kind: 'traced-share',
    expression,
    condition: expression,
    value,
    unit: 'percent',
    threshold: minPercent,
    forMinutes: wish.forMinutes,
    severity: wish.severity,
    longestWindowSeconds: windowSeconds,
    needs: [
      requestNeed(requests),
      {
        metric: traced[0]?.counter ?? '',
        sets: traced.flatMap(({ sets }) => sets),
      },
    ],
    summary: `less than ${minPercent} % of requests are traced`,
    description: `Spans of {{ $value | printf "%.3g" }} % of the requests of ${windowMinutes} minutes arrived. Nothing is said below ${needed} requests.`,
  };
}

/** Spans of one workload's requests: of the name that has most, where it has several. */
function tracedOf(schema: MetricsSchema, range: string): string {
  return `(max(${callsOf(schema, schema.serviceLabels, range)}) or vector(0))`;
}
