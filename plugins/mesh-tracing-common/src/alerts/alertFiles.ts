import type { AlertRulesRequest } from '../api';
import { formatYaml } from '../yaml';
import type { AlertGroup } from './AlertRule';
import { objectName } from './objectName';

interface WrittenRule {
  record?: string;
  alert?: string;
  expr: string;
  for?: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
}

/** Rules as Prometheus and its operator read them, as YAML. @public */
export interface AlertFiles {
  /** `monitoring.coreos.com/v1`, kind PrometheusRule. */
  prometheusRule: string;
  /** As `rule_files` of Prometheus names them. */
  ruleFile: string;
}

/**
 * Writes groups down, empty ones left out.
 *
 * @param title - whose rules they are: an entity ref, or an owner's
 * @public
 */
export function alertFiles(
  title: string,
  groups: AlertGroup[],
  object: AlertRulesRequest['object'] = {},
): AlertFiles {
  const written = groups
    .filter(({ alerts }) => alerts.length > 0)
    .map(group => ({ name: group.name, rules: rulesOf(group) }));
  const { namespace, labels } = object;
  const hasLabels = labels && Object.keys(labels).length > 0;
  return {
    prometheusRule: formatYaml({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: {
        name: objectName(title),
        ...(namespace && { namespace }),
        ...(hasLabels && { labels }),
      },
      spec: { groups: written },
    }),
    ruleFile: formatYaml({ groups: written }),
  };
}

function rulesOf({ recordings, alerts }: AlertGroup): WrittenRule[] {
  return [
    ...recordings.map(({ record, expression, labels }) => ({
      record,
      expr: expression,
      labels,
    })),
    ...alerts.map(rule => ({
      alert: rule.alert,
      expr: rule.expression,
      ...(rule.forMinutes > 0 && { for: `${rule.forMinutes}m` }),
      labels: rule.labels,
      annotations: rule.annotations,
    })),
  ];
}
