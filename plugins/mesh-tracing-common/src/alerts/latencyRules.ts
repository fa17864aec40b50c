import type { AlertRulesRequest } from '../api';
import { promQlDuration, promQlNumber, quantileOf } from '../metrics';
import type { AlertContext } from './AlertContext';
import type { AlertParts } from './AlertRule';
import { requestNeed, withLeastRequests } from './requestExpressions';

type LatencyWish = NonNullable<AlertRulesRequest['latency']>;

/** A percentile of the durations lies above a threshold: one rule for each percentile. */
export function latencyRules(
  context: AlertContext,
  wish: LatencyWish,
): AlertParts[] {
  const { p95MaxMs, p99MaxMs } = wish;
  return [
    ...(p95MaxMs === undefined
      ? []
      : [latencyRule(context, wish, { percentile: 95, maxMs: p95MaxMs })]),
    ...(p99MaxMs === undefined
      ? []
      : [latencyRule(context, wish, { percentile: 99, maxMs: p99MaxMs })]),
  ];
}

function latencyRule(
  { schema, facts }: AlertContext,
  wish: LatencyWish,
  { percentile, maxMs }: { percentile: number; maxMs: number },
): AlertParts {
  const { windowMinutes, leastRequests } = wish;
  const windowSeconds = windowMinutes * 60;
  const form = facts.histogram ?? 'classic';
  const boundMs = schema.unitUs / 1000;
  const quantile = quantileOf(schema, percentile / 100, [], {
    form,
    range: promQlDuration(windowSeconds),
  });
  const value =
    boundMs === 1 ? quantile : `${promQlNumber(boundMs)} * ${quantile}`;
  const guard = withLeastRequests(schema, windowSeconds, leastRequests);
  const expression = `${value} > ${promQlNumber(maxMs)}${guard}`;
  const { sets } = schema;
  const metric =
    form === 'native' ? schema.histogram : `${schema.histogram}_bucket`;
  const buckets = sets.map(set => `${metric}{${set.join(',')}}`).join(' or ');
  return {
    alert: `MeshTracingLatencyP${percentile}`,
    kind: 'latency',
    variant: `p${percentile}`,
    expression,
    condition: expression,
    value,
    unit: 'ms',
    threshold: maxMs,
    forMinutes: wish.forMinutes,
    severity: wish.severity,
    longestWindowSeconds: windowSeconds,
    needs: [requestNeed(schema), { metric, sets }],
    ...(form === 'classic' && {
      bounds: { expression: `count by (le) (${buckets})`, boundMs },
    }),
    summary: `the ${percentile}th percentile of durations is above ${maxMs} ms`,
    description: `It was {{ $value | printf "%.0f" }} ms over ${windowMinutes} minutes.`,
  };
}
