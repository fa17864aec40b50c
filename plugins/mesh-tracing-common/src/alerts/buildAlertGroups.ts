import type { AlertRulesRequest } from '../api';
import { metricsSchema, type MetricsNaming } from '../metrics';
import type { AlertContext, AlertFacts } from './AlertContext';
import type { AlertGroup, AlertParts, AlertRule } from './AlertRule';
import type { AlertSubject } from './AlertSubject';
import { errorBudgetRules } from './errorBudgetRules';
import { errorRateRule } from './errorRateRule';
import { escapeTemplate } from './escapeTemplate';
import { latencyRules } from './latencyRules';
import { proxyLossRules, sharedLossRules } from './lostSpansRules';
import { tracedShareRule } from './tracedShareRule';

/** What rules are wished for. @public */
export type AlertWishes = Pick<
  AlertRulesRequest,
  'errorRate' | 'errorBudget' | 'latency' | 'lostSpans' | 'tracedShare'
>;

/** Names and facts of the metrics that rules are for. @public */
export interface AlertMetricsFacts {
  naming: MetricsNaming;
  facts: AlertFacts;
}

/**
 * The alerts of one entity. Without a workload or a name there is nothing to ask
 * metrics for, and the group is empty.
 * @public
 */
export function entityAlertGroup(
  subject: AlertSubject,
  wishes: AlertWishes,
  { naming, facts }: AlertMetricsFacts,
): AlertGroup {
  const schema = metricsSchema(subject.measured, naming);
  const context: AlertContext = { subject, naming, facts, schema };
  const isMeasured = schema.sets.length > 0;
  const budget =
    isMeasured && wishes.errorBudget
      ? errorBudgetRules(context, wishes.errorBudget)
      : { recordings: [], alerts: [], leftOut: [] };
  const traced =
    wishes.tracedShare && tracedShareRule(context, wishes.tracedShare);
  const parts: AlertParts[] = [
    ...budget.alerts,
    ...(isMeasured && wishes.errorRate
      ? [errorRateRule(context, wishes.errorRate)]
      : []),
    ...(isMeasured && wishes.latency
      ? latencyRules(context, wishes.latency)
      : []),
    ...(wishes.lostSpans
      ? proxyLossRules(wishes.lostSpans, naming, {
          workloads: subject.workloads,
          facts,
        })
      : []),
    ...(traced ? [traced] : []),
  ];
  return {
    name: `mesh-tracing ${subject.entityRef}`,
    entityRef: subject.entityRef,
    isMeasured,
    recordings: budget.recordings,
    alerts: parts.map(part => alertOf(part, subject, naming)),
    leftOutBurnRates: budget.leftOut,
  };
}

/**
 * The alerts about what all entities of a trace store share: its collectors.
 * @public
 */
export function storeAlertGroup(
  store: string,
  wishes: AlertWishes,
  { naming, facts }: AlertMetricsFacts,
): AlertGroup {
  const parts = wishes.lostSpans
    ? sharedLossRules(wishes.lostSpans, naming, facts)
    : [];
  return {
    name: `mesh-tracing trace store ${store}`,
    isMeasured: false,
    recordings: [],
    alerts: parts.map(part => alertOf(part, { store }, naming)),
    leftOutBurnRates: [],
  };
}

function alertOf(
  { summary, description, ...rule }: AlertParts,
  about: AlertSubject | { store: string },
  { selector = {} }: MetricsNaming,
): AlertRule {
  const isEntity = 'entityRef' in about;
  const name = isEntity ? about.entityRef : `Trace store ${about.store}`;
  const ofSite = Object.entries(selector).map(([label, value]) => [
    label,
    escapeTemplate(value),
  ]);
  const labels: Record<string, string> = {
    ...Object.fromEntries(ofSite),
    severity: rule.severity,
    ...(isEntity
      ? {
          entity_ref: escapeTemplate(about.entityRef),
          ...(about.ownerRef && { owner: escapeTemplate(about.ownerRef) }),
        }
      : { trace_store: escapeTemplate(about.store) }),
    ...(rule.variant && { variant: rule.variant }),
  };
  return {
    ...rule,
    labels,
    annotations: {
      summary: `${escapeTemplate(name)}: ${summary}`,
      description,
      ...(isEntity &&
        about.tabUrl && { runbook_url: escapeTemplate(about.tabUrl) }),
    },
  };
}
