import type { AlertRuleView } from 'backstage-plugin-mesh-tracing-common';
import { formatDuration } from '../shared/figures/format';

/** A value of an alert in its unit: `0.42 %`, `250 ms`. */
export function formatAlertValue(
  value: number,
  unit: AlertRuleView['unit'],
): string {
  return unit === 'ms'
    ? formatDuration(value * 1_000)
    : `${Number(value.toPrecision(3))} %`;
}
