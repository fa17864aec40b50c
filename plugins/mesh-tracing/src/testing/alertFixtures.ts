import type {
  AlertRulesResponse,
  AlertRuleView,
} from 'backstage-plugin-mesh-tracing-common';

/** An alert about failures that was checked and would have fired twice. */
export function alertRule(patch: Partial<AlertRuleView> = {}): AlertRuleView {
  return {
    alert: 'MeshTracingErrorRate',
    kind: 'error-rate',
    expression: 'sum(rate(istio_requests_total[5m])) > 1',
    forMinutes: 5,
    severity: 'critical',
    unit: 'percent',
    threshold: 1,
    labels: { severity: 'critical' },
    annotations: { summary: 'component:default/checkout: …' },
    check: {
      state: 'verified',
      atMs: 1_700_000_000_000,
      value: 0.42,
      holdsNow: false,
      firedCount: 2,
      firedMinutes: 25,
    },
    leftOut: false,
    ...patch,
  };
}

/** Rules of one entity, with all of their files. */
export function alertRulesResponse(
  patch: Partial<AlertRulesResponse> = {},
  alerts: AlertRuleView[] = [alertRule()],
): AlertRulesResponse {
  return {
    groups: [
      {
        name: 'mesh-tracing component:default/checkout',
        entityRef: 'component:default/checkout',
        store: 'main',
        metrics: 'istio',
        recordingCount: 0,
        alerts,
        leftOutBurnRates: [],
      },
    ],
    files: {
      prometheusRule: 'kind: PrometheusRule\n',
      ruleFile: 'groups: []\n',
      pullRequest: {
        branch: 'mesh-tracing/alerts-component-default-checkout',
        path: 'alerts/mesh-tracing-component-default-checkout.yaml',
        title: 'Alert rules for component:default/checkout',
        body: 'Adds 1 alert rule.\n',
        content: 'kind: PrometheusRule\n',
      },
    },
    withoutRules: [],
    ...patch,
  };
}
