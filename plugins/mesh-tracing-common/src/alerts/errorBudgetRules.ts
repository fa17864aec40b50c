import type { AlertRulesRequest, AlertSeverity } from '../api';
import {
  callsOf,
  equals,
  promQlDuration,
  promQlNumber,
  type MetricsSchema,
} from '../metrics';
import type { AlertContext } from './AlertContext';
import type { AlertParts, LeftOutBurnRate, RecordingRule } from './AlertRule';
import { type BurnRate, burnRates } from './burnRates';
import { failureNeed, failureRatio, requestNeed } from './requestExpressions';

/** Alerts of an objective, and the series that they share. */
export interface ErrorBudgetRules {
  recordings: RecordingRule[];
  alerts: AlertParts[];
  leftOut: LeftOutBurnRate[];
}

/** How the failures and requests of a window are written: recorded, or spelt out. */
interface Reading {
  ratio(windowSeconds: number): string;
  requests(windowSeconds: number): string;
}

/**
 * The budget of an objective burns too fast, over a long window and still over a short
 * one. Windows are in several pairs, and long, so they are recorded once.
 */
export function errorBudgetRules(
  { schema, subject, naming }: AlertContext,
  wish: NonNullable<AlertRulesRequest['errorBudget']>,
): ErrorBudgetRules {
  const { rates, leftOut } = burnRates(wish);
  const labels = { ...naming.selector, entity_ref: subject.entityRef };
  const matchers = Object.entries(labels)
    .map(([label, value]) => equals(label, value))
    .join(',');
  const recorded: Reading = {
    ratio: seconds => `${ratioRecord(seconds)}{${matchers}}`,
    requests: seconds => `${requestsRecord(seconds)}{${matchers}}`,
  };
  const speltOut: Reading = {
    ratio: seconds => failureRatio(schema, seconds),
    requests: seconds => requestsIn(schema, seconds),
  };
  const alerts = (['critical', 'warning'] as const).flatMap(severity => {
    const own = rates.filter(rate => rate.severity === severity);
    const [fastest] = own;
    return fastest
      ? [
          {
            ...partsOf(severity, own, fastest, wish),
            expression: burning(own, recorded, wish.leastRequests),
            condition: burning(own, speltOut, wish.leastRequests),
            value: `100 * ${speltOut.ratio(fastest.longSeconds)}`,
            needs: [requestNeed(schema), failureNeed(schema)],
          },
        ]
      : [];
  });
  return {
    recordings: recordingsOf(rates, labels, speltOut, wish.leastRequests),
    alerts,
    leftOut,
  };
}

function partsOf(
  severity: AlertSeverity,
  own: BurnRate[],
  fastest: BurnRate,
  {
    objectivePercent,
    periodDays,
  }: { objectivePercent: number; periodDays: number },
) {
  const speed = severity === 'critical' ? 'Fast' : 'Slow';
  const times = own.map(({ burnRate }) => promQlNumber(burnRate)).join(' or ');
  return {
    alert: `MeshTracingErrorBudget${speed}Burn`,
    kind: 'error-budget' as const,
    variant: speed.toLowerCase(),
    unit: 'percent' as const,
    threshold: Number(promQlNumber(100 * fastest.ratio)),
    // The long windows wait already.
    forMinutes: 0,
    severity,
    longestWindowSeconds: Math.max(...own.map(rate => rate.longSeconds)),
    summary: `failures use up the budget of ${objectivePercent} % over ${periodDays} days ${times} times too fast`,
    description: `{{ $value | humanizePercentage }} of the requests failed over ${own
      .map(({ longSeconds }) => promQlDuration(longSeconds))
      .join(' or ')}.`,
  };
}

function burning(own: BurnRate[], reading: Reading, least: number): string {
  return own
    .map(({ longSeconds, shortSeconds, ratio }) => {
      const threshold = promQlNumber(ratio);
      const guard =
        least > 0
          ? ` and ${reading.requests(longSeconds)} >= ${promQlNumber(least)}`
          : '';
      return `(${reading.ratio(longSeconds)} > ${threshold} and ${reading.ratio(
        shortSeconds,
      )} > ${threshold}${guard})`;
    })
    .join('\nor ');
}

function recordingsOf(
  rates: BurnRate[],
  labels: Record<string, string>,
  speltOut: Reading,
  least: number,
): RecordingRule[] {
  const windows = new Set(
    rates.flatMap(({ longSeconds, shortSeconds }) => [
      shortSeconds,
      longSeconds,
    ]),
  );
  const longWindows = least > 0 ? rates.map(rate => rate.longSeconds) : [];
  return [
    ...[...windows]
      .sort((a, b) => a - b)
      .map(seconds => ({
        record: ratioRecord(seconds),
        expression: speltOut.ratio(seconds),
        labels,
      })),
    ...longWindows.map(seconds => ({
      record: requestsRecord(seconds),
      expression: speltOut.requests(seconds),
      labels,
    })),
  ];
}

function ratioRecord(seconds: number): string {
  return `mesh_tracing:request_failures:ratio_rate${promQlDuration(seconds)}`;
}

function requestsRecord(seconds: number): string {
  return `mesh_tracing:requests:increase${promQlDuration(seconds)}`;
}

function requestsIn(schema: MetricsSchema, seconds: number): string {
  return `${callsOf(schema, [], promQlDuration(seconds))} * ${seconds}`;
}
