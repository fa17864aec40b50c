import type { AlertRulesRequest } from '../api';
import { promQlNumber } from '../metrics';
import type { AlertContext } from './AlertContext';
import type { AlertParts } from './AlertRule';
import {
  failureNeed,
  failureRatio,
  requestNeed,
  withLeastRequests,
} from './requestExpressions';

/** More requests fail than a threshold. */
export function errorRateRule(
  { schema }: AlertContext,
  wish: NonNullable<AlertRulesRequest['errorRate']>,
): AlertParts {
  const { maxPercent, windowMinutes, leastRequests } = wish;
  const windowSeconds = windowMinutes * 60;
  const value = `100 * ${failureRatio(schema, windowSeconds)}`;
  const guard = withLeastRequests(schema, windowSeconds, leastRequests);
  const expression = `${value} > ${promQlNumber(maxPercent)}${guard}`;
  return {
    alert: 'MeshTracingErrorRate',
    kind: 'error-rate',
    expression,
    condition: expression,
    value,
    unit: 'percent',
    threshold: maxPercent,
    forMinutes: wish.forMinutes,
    severity: wish.severity,
    longestWindowSeconds: windowSeconds,
    needs: [requestNeed(schema), failureNeed(schema)],
    summary: `more than ${maxPercent} % of requests fail`,
    description: `{{ $value | printf "%.3g" }} % of the requests of ${windowMinutes} minutes failed.`,
  };
}
