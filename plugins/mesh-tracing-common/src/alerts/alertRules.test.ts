import fc from 'fast-check';
import { alertRulesRequestSchema } from '../api';
import type { MetricsNaming } from '../metrics';
import { parseYaml } from '../yaml';
import {
  alertFiles,
  entityAlertGroup,
  joinSharedNames,
  lossMetricsExpression,
  storeAlertGroup,
  type AlertFacts,
  type AlertSubject,
  type AlertWishes,
} from '.';

const timing = {
  windowMinutes: 5,
  forMinutes: 10,
  severity: 'warning',
} as const;
const istio: MetricsNaming = { metrics: 'istio' };

function subject(patch: Partial<AlertSubject> = {}): AlertSubject {
  return {
    entityRef: 'component:default/checkout',
    ownerRef: 'group:default/payments',
    tabUrl:
      'https://portal.example.com/catalog/default/component/checkout/tracing?view=latency',
    measured: {
      services: ['checkout.shop'],
      workloads: [{ namespace: 'shop', name: 'checkout' }],
    },
    workloads: [{ namespace: 'shop', kind: 'Deployment', name: 'checkout' }],
    tracedNames: [['checkout.shop', 'checkout']],
    ...patch,
  };
}

function alertsOf(
  wishes: AlertWishes,
  of: {
    naming?: MetricsNaming;
    facts?: AlertFacts;
    about?: Partial<AlertSubject>;
  } = {},
) {
  return entityAlertGroup(subject(of.about), wishes, {
    naming: of.naming ?? istio,
    facts: of.facts ?? {},
  });
}

const MATCHERS =
  'reporter=~"destination|waypoint",destination_workload=~"checkout",destination_workload_namespace="shop"';
const CALLS = `sum(rate(istio_requests_total{${MATCHERS}}[5m]))`;
const GRPC = 'grpc_response_status=~"1|2|4|8|10|12|13|14|15"';
const FAILURES = `sum(rate(istio_requests_total{${MATCHERS},response_code=~"5.."}[5m]) or rate(istio_requests_total{${MATCHERS},${GRPC}}[5m]))`;

describe('the alert about the error rate', () => {
  it('compares the share of failed requests with a threshold, where there are enough', () => {
    const { alerts } = alertsOf({
      errorRate: { maxPercent: 1.5, leastRequests: 20, ...timing },
    });
    expect(alerts).toMatchObject([
      {
        alert: 'MeshTracingErrorRate',
        expression: `100 * (${FAILURES} or ${CALLS} * 0) / ${CALLS} > 1.5\nand ${CALLS} * 300 >= 20`,
        forMinutes: 10,
        labels: {
          severity: 'warning',
          entity_ref: 'component:default/checkout',
          owner: 'group:default/payments',
        },
        annotations: {
          summary:
            'component:default/checkout: more than 1.5 % of requests fail',
          runbook_url:
            'https://portal.example.com/catalog/default/component/checkout/tracing?view=latency',
        },
      },
    ]);
  });

  it('asks for the names and labels that the site configured', () => {
    const { alerts } = alertsOf(
      { errorRate: { maxPercent: 1, leastRequests: 0, ...timing } },
      {
        naming: {
          metrics: 'spanmetrics',
          prefix: 'site',
          labels: { service: 'svc', status: 'outcome' },
          selector: { cluster: 'east' },
        },
      },
    );
    const matchers =
      'span_kind="SPAN_KIND_SERVER",svc=~"checkout\\\\.shop",cluster="east"';
    const calls = `sum(rate(site_calls_total{${matchers}}[5m]))`;
    expect(alerts[0]?.expression).toBe(
      `100 * (sum(rate(site_calls_total{${matchers},outcome="STATUS_CODE_ERROR"}[5m])) or ${calls} * 0) / ${calls} > 1`,
    );
  });

  it('is not made for an entity of which nothing is known to ask for', () => {
    const { alerts, isMeasured } = alertsOf(
      { errorRate: { maxPercent: 1, leastRequests: 0, ...timing } },
      { about: { measured: { services: [], workloads: [] } } },
    );
    expect(alerts).toEqual([]);
    expect(isMeasured).toBe(false);
  });
});

describe('the alerts about an error budget', () => {
  it('have the burn rates of 30 days and 99.9 %, in two alerts', () => {
    const { alerts, recordings, leftOutBurnRates } = alertsOf({
      errorBudget: {
        objectivePercent: 99.9,
        periodDays: 30,
        leastRequests: 0,
      },
    });
    const of = (window: string) =>
      `mesh_tracing:request_failures:ratio_rate${window}{entity_ref="component:default/checkout"}`;
    expect(
      alerts.map(rule => [rule.alert, rule.severity, rule.expression]),
    ).toEqual([
      [
        'MeshTracingErrorBudgetFastBurn',
        'critical',
        `(${of('1h')} > 0.0144 and ${of('5m')} > 0.0144)\nor (${of(
          '6h',
        )} > 0.006 and ${of('30m')} > 0.006)`,
      ],
      [
        'MeshTracingErrorBudgetSlowBurn',
        'warning',
        `(${of('1d')} > 0.003 and ${of('2h')} > 0.003)\nor (${of(
          '3d',
        )} > 0.001 and ${of('6h')} > 0.001)`,
      ],
    ]);
    expect(recordings.map(({ record }) => record.split('_rate')[1])).toEqual([
      '5m',
      '30m',
      '1h',
      '2h',
      '6h',
      '1d',
      '3d',
    ]);
    expect(leftOutBurnRates).toEqual([]);
  });

  it('leave out rates that no share of failures reaches, and say so', () => {
    const { alerts, leftOutBurnRates } = alertsOf({
      errorBudget: { objectivePercent: 90, periodDays: 30, leastRequests: 0 },
    });
    expect(leftOutBurnRates).toEqual([
      { burnRate: 14.4, reason: 'unreachable' },
    ]);
    expect(alerts[0]?.expression).not.toContain('1h');
  });

  it('leave out rates at which the budget lasts longer than a short period', () => {
    const { leftOutBurnRates } = alertsOf({
      errorBudget: { objectivePercent: 99, periodDays: 7, leastRequests: 0 },
    });
    expect(leftOutBurnRates.map(({ reason }) => reason)).toEqual([
      'within-budget',
      'within-budget',
    ]);
  });

  it('spell out in their condition what a Prometheus without the rules does not record', () => {
    const { alerts } = alertsOf({
      errorBudget: {
        objectivePercent: 99.9,
        periodDays: 30,
        leastRequests: 50,
      },
    });
    for (const { condition } of alerts) {
      expect(condition).not.toContain('mesh_tracing:');
      expect(condition).toContain(' >= 50');
    }
  });
});

describe('the alerts about latency', () => {
  const wish = {
    latency: { p95MaxMs: 250, p99MaxMs: 1_000, leastRequests: 0, ...timing },
  };

  it('compare percentiles of classic histograms in milliseconds', () => {
    const { alerts } = alertsOf(wish, {
      naming: { ...istio, latencyUnit: 's', histogram: 'took_seconds' },
    });
    expect(alerts.map(({ expression }) => expression)).toEqual([
      `1000 * histogram_quantile(0.95, sum by (le) (rate(took_seconds_bucket{${MATCHERS}}[5m]))) > 250`,
      `1000 * histogram_quantile(0.99, sum by (le) (rate(took_seconds_bucket{${MATCHERS}}[5m]))) > 1000`,
    ]);
    expect(alerts[0]?.bounds?.boundMs).toBe(1_000);
  });

  it('compare percentiles of native histograms, which have no bounds', () => {
    const { alerts } = alertsOf(wish, { facts: { histogram: 'native' } });
    expect(alerts[0]?.expression).toBe(
      `histogram_quantile(0.95, sum(rate(istio_request_duration_milliseconds{${MATCHERS}}[5m]))) > 250`,
    );
    expect(alerts[0]?.bounds).toBeUndefined();
  });
});

describe('the alerts about lost spans', () => {
  const wish = { lostSpans: { maxPercent: 1, ...timing } };
  const ofStore = (metrics: string[] | undefined) =>
    storeAlertGroup('main', wish, {
      naming: istio,
      facts: metrics ? { metrics: new Set(metrics) } : {},
    }).alerts;

  it('add up counters in the spelling that is there, and those of losses that are yet to come', () => {
    const [rule, ...others] = ofStore([
      'otelcol_receiver_refused_spans',
      'otelcol_receiver_accepted_spans',
      'otelcol_exporter_send_failed_spans_total',
    ]);
    expect(others).toEqual([]);
    const rate = (name: string) => `(sum(rate(${name}{}[5m])) or vector(0))`;
    expect(rule?.expression).toBe(
      `100 * (${rate('otelcol_receiver_refused_spans')} + ${rate(
        'otelcol_exporter_enqueue_failed_spans',
      )} + ${rate('otelcol_exporter_send_failed_spans_total')}) / (${rate(
        'otelcol_receiver_accepted_spans',
      )} + ${rate('otelcol_receiver_refused_spans')}) > 1`,
    );
    expect(rule?.needs.map(({ metric }) => metric)).toEqual([
      'otelcol_receiver_accepted_spans',
      'otelcol_receiver_refused_spans',
    ]);
    expect(rule?.labels).toMatchObject({ trace_store: 'main' });
  });

  it('are one for each part that counts', () => {
    expect(
      ofStore([
        'otelcol_receiver_refused_spans_total',
        'otelcol_receiver_accepted_spans_total',
        'jaeger_storage_bulk_index_errors_total',
        'jaeger_storage_bulk_index_attempts_total',
      ]).map(({ variant }) => variant),
    ).toEqual(['collector', 'jaeger-storage']);
  });

  it('ask for the collectors where nobody could be asked', () => {
    expect(ofStore(undefined).map(({ variant }) => variant)).toEqual([
      'collector',
    ]);
  });

  it("are of the entity's own proxies where their statistics are scraped", () => {
    const { alerts } = alertsOf(wish, {
      facts: {
        metrics: new Set([
          'envoy_tracing_opentelemetry_spans_dropped',
          'envoy_tracing_opentelemetry_spans_sent',
        ]),
      },
    });
    expect(alerts).toMatchObject([{ variant: 'proxy-otlp' }]);
    expect(alerts[0]?.expression).toContain(
      'envoy_tracing_opentelemetry_spans_dropped{namespace="shop",pod=~"checkout-[a-z0-9]+-[a-z0-9]+"}',
    );
    expect(alertsOf(wish).alerts).toEqual([]);
  });

  it('are looked for by name, of the site and of the pods', () => {
    const naming: MetricsNaming = {
      metrics: 'istio',
      selector: { cluster: 'east' },
      labels: { proxyPod: 'pod_name' },
    };
    expect(lossMetricsExpression(naming)).toMatch(
      /^count by \(__name__\) \(\{__name__=~"otelcol_[^"]*",cluster="east"\}\)$/,
    );
    expect(lossMetricsExpression(naming, subject().workloads)).toMatch(
      /pod_name=~"checkout-\[a-z0-9\]\+-\[a-z0-9\]\+",cluster="east"/,
    );
    expect(lossMetricsExpression(naming, [])).toBeUndefined();
  });
});

describe('the alert about the traced share', () => {
  it('sets spans of servers against all requests, where chance would not do the same', () => {
    const { alerts } = alertsOf({
      tracedShare: { minPercent: 0.5, ...timing },
    });
    const traced =
      'sum by (service_name) (rate(traces_span_metrics_calls_total{span_kind="SPAN_KIND_SERVER",service_name=~"checkout\\\\.shop|checkout"}[5m]))';
    expect(alerts[0]?.expression).toBe(
      `100 * ((max(${traced}) or vector(0))) / ${CALLS} < 0.5\nand ${CALLS} * 300 >= 4000`,
    );
  });

  it('counts what is named twice once', () => {
    expect(
      joinSharedNames([['a.shop', 'a-v1'], ['b.shop'], ['a.shop', 'a-v2'], []]),
    ).toEqual([['b.shop'], ['a.shop', 'a-v1', 'a-v2']]);
  });
});

const wishes: fc.Arbitrary<AlertWishes> = fc.record({
  errorRate: fc.constant({ maxPercent: 1, leastRequests: 20, ...timing }),
  errorBudget: fc.record({
    objectivePercent: fc.constantFrom(50, 99, 99.95, 99.999),
    periodDays: fc.integer({ min: 7, max: 90 }),
    leastRequests: fc.constantFrom(0, 10),
  }),
  latency: fc.constant({ p95MaxMs: 100, leastRequests: 0, ...timing }),
  lostSpans: fc.constant({ maxPercent: 0.1, ...timing }),
  tracedShare: fc.constant({ minPercent: 0.1, ...timing }),
});
const hostile = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '"} or vector(1) #',
    '{{ $labels.secret }}',
    '{{{',
    'a{',
    '\\',
    '\n',
    '.*|x',
    '<<: *a',
    '- &x',
    '\u0000\u2028',
    '=',
  ),
);

describe('files of rules', () => {
  it('read the same in all of YAML, whatever names hold', () => {
    fc.assert(
      fc.property(
        wishes,
        fc.array(hostile, { minLength: 5, maxLength: 5 }),
        (wish, [ref = '', name = '', service = '', owner = '', store = '']) => {
          const facts = { naming: istio, facts: {} };
          const group = entityAlertGroup(
            subject({
              entityRef: ref,
              ownerRef: owner,
              measured: {
                services: [service],
                workloads: [{ namespace: name, name }],
              },
              workloads: [{ namespace: name, kind: 'Deployment', name }],
              tracedNames: [[service]],
            }),
            wish,
            facts,
          );
          const shared = storeAlertGroup(store, wish, facts);
          const { prometheusRule, ruleFile } = alertFiles(ref, [group, shared]);
          const [first] = (
            parseYaml(ruleFile) as {
              groups: Array<{ name: string; rules: Array<{ expr: string }> }>;
            }
          ).groups;
          expect(first?.name).toBe(`mesh-tracing ${ref}`);
          expect(first?.rules.map(({ expr }) => expr)).toEqual(
            [...group.recordings, ...group.alerts].map(
              ({ expression }) => expression,
            ),
          );
          const object = parseYaml(prometheusRule) as {
            metadata: { name: string };
            spec: object;
          };
          expect(object.spec).toEqual(parseYaml(ruleFile));
          expect(object.metadata.name).toMatch(
            /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
          );
          expect(object.metadata.name.length).toBeLessThan(254);
        },
      ),
    );
  });

  it('hold no template of others: each brace of a name is one of text', () => {
    fc.assert(
      fc.property(hostile, ref => {
        const { alerts } = alertsOf(
          { errorRate: { maxPercent: 1, leastRequests: 0, ...timing } },
          { about: { entityRef: ref, ownerRef: ref, tabUrl: ref } },
        );
        const [rule] = alerts;
        const texts = [
          ...Object.values(rule?.labels ?? {}),
          rule?.annotations.summary ?? '',
          rule?.annotations.runbook_url ?? '',
        ];
        for (const text of texts) {
          expect(text.replaceAll('{{ "{" }}', '')).not.toContain('{');
        }
      }),
    );
  });

  it('are PrometheusRules with the namespace and labels of their operator', () => {
    const group = alertsOf({
      errorRate: { maxPercent: 1, leastRequests: 0, ...timing },
    });
    const { prometheusRule } = alertFiles(
      'component:default/checkout',
      [group],
      {
        namespace: 'monitoring',
        labels: { release: 'prometheus' },
      },
    );
    expect(parseYaml(prometheusRule)).toMatchObject({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: {
        name: 'mesh-tracing-component-default-checkout',
        namespace: 'monitoring',
        labels: { release: 'prometheus' },
      },
      spec: {
        groups: [
          {
            name: 'mesh-tracing component:default/checkout',
            rules: [{ alert: 'MeshTracingErrorRate', for: '10m' }],
          },
        ],
      },
    });
  });

  it('have names that differ where entities do', () => {
    const nameOf = (title: string) =>
      (
        parseYaml(alertFiles(title, []).prometheusRule) as {
          metadata: { name: string };
        }
      ).metadata.name;
    const names = [
      'component:default/a-b',
      'component:default/a_b',
      'component:default-a/b',
      'component:default/A-B',
      'component:default/ab',
    ].map(nameOf);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a wish for rules', () => {
  it.each([
    ['without any rule', {}],
    [
      'for a share that nothing can exceed',
      { errorRate: { maxPercent: 100, leastRequests: 0, ...timing } },
    ],
    [
      'for a latency without a percentile',
      { latency: { leastRequests: 0, ...timing } },
    ],
    [
      'over no window',
      { lostSpans: { maxPercent: 1, ...timing, windowMinutes: 0 } },
    ],
    [
      'for an objective of 100 %',
      {
        errorBudget: {
          objectivePercent: 100,
          periodDays: 30,
          leastRequests: 0,
        },
      },
    ],
    [
      'with an object in a namespace that is none',
      { lostSpans: { maxPercent: 1, ...timing }, object: { namespace: 'a b' } },
    ],
    [
      'with a field that is none',
      { lostSpans: { maxPercent: 1, ...timing, expr: 'up' } },
    ],
  ])('%s is refused', (_, wish) => {
    expect(alertRulesRequestSchema.safeParse(wish).success).toBe(false);
  });
});
