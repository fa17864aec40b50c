import {
  entityAlertGroup,
  type AlertFacts,
  type AlertGroup,
  type AlertRule,
  type AlertSubject,
  type AlertWishes,
  type MetricsNaming,
} from 'backstage-plugin-mesh-tracing-common';
import type { Course } from './RuleTest';

/** A name of which each sign means something in PromQL, in YAML or in a template. */
export const HOSTILE = 'a.b{{"|x';
/** Of alerts that fire at once. */
export const timing = {
  windowMinutes: 5,
  forMinutes: 0,
  severity: 'warning',
} as const;

const SUBJECT: AlertSubject = {
  entityRef: `component:default/${HOSTILE}`,
  ownerRef: 'group:default/{{ $labels.owner }}',
  tabUrl: 'https://portal.example.com/catalog/default/component/x/tracing',
  measured: {
    services: [HOSTILE],
    workloads: [{ namespace: 'shop', name: HOSTILE }],
  },
  workloads: [{ namespace: 'shop', kind: 'Deployment', name: HOSTILE }],
  tracedNames: [[HOSTILE, 'checkout.shop']],
};

/** As a value in a selector. */
export const quoted = JSON.stringify(HOSTILE);
/** Labels of its requests, as the called side reports them. */
export const ISTIO = `reporter="destination",destination_workload=${quoted},destination_workload_namespace="shop"`;
/** Those of a workload with a name much like it. */
export const OTHERS =
  'reporter="destination",destination_workload="a-b{{\\"",destination_workload_namespace="shop"';

/** The group of the subject, and its alerts by number. */
export function groupOf(
  wishes: AlertWishes,
  naming: MetricsNaming = { metrics: 'istio' },
  facts: AlertFacts = {},
): { group: AlertGroup; rule: (nth?: number) => AlertRule } {
  return picked(entityAlertGroup(SUBJECT, wishes, { naming, facts }));
}

/** A group, and its alerts by number. */
export function picked(group: AlertGroup) {
  return {
    group,
    rule: (nth = 0) => {
      const rule = group.alerts[nth];
      if (!rule) throw new Error(`The group has no alert ${nth}.`);
      return rule;
    },
  };
}

/** The same rate throughout, for what only has to be there. */
export function steady(series: string, rate: number, minutes: number): Course {
  return { series, perSecond: [{ minutes, rate }] };
}

/** A rate at the border, then one beyond it, then the first again: 20 minutes each. */
export function excursion(
  series: string,
  rates: [number, number, number],
): Course {
  return { series, perSecond: rates.map(rate => ({ minutes: 20, rate })) };
}
