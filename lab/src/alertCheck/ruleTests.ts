import {
  entityAlertGroup,
  storeAlertGroup,
  type AlertFacts,
  type AlertGroup,
  type AlertRule,
  type AlertSubject,
  type AlertWishes,
  type MetricsNaming,
} from 'backstage-plugin-mesh-tracing-common';
import type { Course, RuleTest } from './RuleTest';

/** Each means something in PromQL, in YAML or in a template. */
const HOSTILE = 'a.b{{"|x';
const timing = {
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

const quoted = JSON.stringify(HOSTILE);
const ISTIO = `reporter="destination",destination_workload=${quoted},destination_workload_namespace="shop"`;
const OTHERS =
  'reporter="destination",destination_workload="a-b{{\\"",destination_workload_namespace="shop"';

function groupOf(
  wishes: AlertWishes,
  naming: MetricsNaming = { metrics: 'istio' },
  facts: AlertFacts = {},
): { group: AlertGroup; rule: (nth?: number) => AlertRule } {
  return picked(entityAlertGroup(SUBJECT, wishes, { naming, facts }));
}

function picked(group: AlertGroup) {
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
function steady(series: string, rate: number, minutes: number): Course {
  return { series, perSecond: [{ minutes, rate }] };
}

/** A rate at the border, then one beyond it, then the first again: 20 minutes each. */
function excursion(series: string, rates: [number, number, number]): Course {
  return { series, perSecond: rates.map(rate => ({ minutes: 20, rate })) };
}

function errorRateOfIstio(): RuleTest {
  const { group, rule } = groupOf({
    errorRate: { maxPercent: 25, leastRequests: 20, ...timing },
  });
  return {
    name: 'error rate of Istio, failures over HTTP and gRPC',
    groups: [group],
    courses: [
      excursion(
        `istio_requests_total{${ISTIO},response_code="200"}`,
        [3, 1, 3],
      ),
      excursion(
        `istio_requests_total{${ISTIO},response_code="503"}`,
        [0.5, 2, 0.5],
      ),
      excursion(
        `istio_requests_total{${ISTIO},response_code="200",grpc_response_status="14"}`,
        [0.5, 1, 0.5],
      ),
      // Others' failures, and refusals that are no failure.
      excursion(
        `istio_requests_total{${OTHERS},response_code="503"}`,
        [9, 9, 9],
      ),
    ],
    moments: [
      { atMinutes: 15, firing: [] },
      { atMinutes: 35, firing: [{ rule: rule(), value: '75' }] },
      { atMinutes: 55, firing: [] },
    ],
  };
}

function errorRateOfSpans(): RuleTest {
  const { group, rule } = groupOf(
    {
      errorRate: {
        maxPercent: 25,
        leastRequests: 0,
        windowMinutes: 5,
        forMinutes: 10,
        severity: 'critical',
      },
    },
    {
      metrics: 'spanmetrics',
      prefix: 'site',
      labels: { service: 'svc' },
      selector: { cluster: 'east"{' },
    },
  );
  const of = (status: string) =>
    `site_calls_total{svc=${quoted},span_kind="SPAN_KIND_SERVER",status_code="${status}",cluster="east\\"{"}`;
  return {
    name: 'error rate of span metrics, after ten minutes',
    groups: [group],
    courses: [
      excursion(of('STATUS_CODE_UNSET'), [3, 2, 3]),
      excursion(of('STATUS_CODE_ERROR'), [1, 2, 1]),
    ],
    moments: [
      { atMinutes: 19, firing: [] },
      { atMinutes: 28, firing: [] },
      { atMinutes: 36, firing: [{ rule: rule(), value: '50' }] },
      { atMinutes: 59, firing: [] },
    ],
  };
}

function fewRequests(): RuleTest {
  const { group, rule } = groupOf({
    errorRate: { maxPercent: 1, leastRequests: 300, ...timing },
  });
  return {
    name: 'a failure among few requests says nothing',
    groups: [group],
    courses: [
      excursion(
        `istio_requests_total{${ISTIO},response_code="500"}`,
        [0.5, 1, 0.25],
      ),
    ],
    moments: [
      { atMinutes: 15, firing: [] },
      { atMinutes: 35, firing: [{ rule: rule(), value: '100' }] },
      { atMinutes: 55, firing: [] },
    ],
  };
}

/** A budget of a sixteenth: the thresholds are binary fractions. */
function errorBudget(): RuleTest {
  const { group, rule } = groupOf(
    {
      errorBudget: {
        objectivePercent: 93.75,
        periodDays: 30,
        leastRequests: 100,
      },
    },
    { metrics: 'istio', selector: { cluster: 'east' } },
  );
  const of = (code: string) =>
    `istio_requests_total{${ISTIO},response_code="${code}",cluster="east"}`;
  const course = (code: string, rates: number[]): Course => ({
    series: of(code),
    perSecond: [360, 60, 420].map((minutes, nth) => ({
      minutes,
      rate: rates[nth] ?? 0,
    })),
  });
  return {
    name: 'an error budget, burning slowly, fast, and no more',
    groups: [group],
    courses: [course('200', [15, 0.5, 16]), course('500', [1, 15.5, 0])],
    moments: [
      // 1/16 of the requests fail: as fast as the budget lasts.
      { atMinutes: 350, firing: [] },
      {
        atMinutes: 419,
        firing: [
          { rule: rule(0), value: '95.36%' },
          { rule: rule(1), value: '19.01%' },
        ],
      },
      // The short windows end it, though the long ones remember.
      { atMinutes: 830, firing: [] },
    ],
  };
}

function latency(): RuleTest {
  const { group, rule } = groupOf({
    latency: { p95MaxMs: 100, leastRequests: 20, ...timing },
  });
  const bucket = (le: string, rates: [number, number, number]) =>
    excursion(
      `istio_request_duration_milliseconds_bucket{${ISTIO},le="${le}"}`,
      rates,
    );
  return {
    name: 'a percentile at the bound of a bucket, and beyond it',
    groups: [group],
    courses: [
      bucket('50', [0, 0, 0]),
      bucket('100', [19, 10, 19]),
      bucket('200', [20, 20, 20]),
      bucket('+Inf', [20, 20, 20]),
      steady(`istio_requests_total{${ISTIO},response_code="200"}`, 20, 60),
    ],
    moments: [
      { atMinutes: 15, firing: [] },
      { atMinutes: 35, firing: [{ rule: rule(), value: '190' }] },
      { atMinutes: 55, firing: [] },
    ],
  };
}

function latencyInSeconds(): RuleTest {
  const { group, rule } = groupOf(
    { latency: { p99MaxMs: 1_000, leastRequests: 0, ...timing } },
    {
      metrics: 'istio',
      latencyUnit: 's',
      histogram: 'site_request_seconds',
      labels: { workload: 'app', namespace: 'ns', reporter: 'side' },
    },
  );
  const bucket = (le: string, rates: [number, number, number]) =>
    excursion(
      `site_request_seconds_bucket{side="waypoint",app=${quoted},ns="shop",le="${le}"}`,
      rates,
    );
  return {
    name: 'a percentile of a histogram in seconds, compared in milliseconds',
    groups: [group],
    courses: [
      bucket('0.5', [0, 0, 0]),
      bucket('1', [64, 0, 64]),
      bucket('2', [64, 64, 64]),
      bucket('+Inf', [64, 64, 64]),
    ],
    moments: [
      { atMinutes: 15, firing: [] },
      { atMinutes: 35, firing: [{ rule: rule(), value: '1990' }] },
      { atMinutes: 55, firing: [] },
    ],
  };
}

function lostByCollectors(): RuleTest {
  const { group, rule } = picked(
    storeAlertGroup(
      'main {{ $labels.x }}',
      { lostSpans: { maxPercent: 50, ...timing } },
      {
        naming: { metrics: 'istio' },
        facts: {
          metrics: new Set([
            'otelcol_receiver_accepted_spans_total',
            'otelcol_receiver_refused_spans_total',
            'otelcol_exporter_send_failed_spans_total',
          ]),
        },
      },
    ),
  );
  const of = (name: string) => `${name}{job="collector",instance="a:8888"}`;
  return {
    name: 'spans that collectors refuse or fail to pass on',
    groups: [group],
    courses: [
      excursion(of('otelcol_receiver_accepted_spans_total'), [4, 0, 4]),
      excursion(of('otelcol_receiver_refused_spans_total'), [0, 4, 0]),
      excursion(of('otelcol_exporter_send_failed_spans_total'), [2, 0, 0]),
    ],
    moments: [
      { atMinutes: 15, firing: [] },
      { atMinutes: 35, firing: [{ rule: rule(), value: '100' }] },
      { atMinutes: 55, firing: [] },
    ],
  };
}

function lostByProxies(): RuleTest {
  const { group, rule } = groupOf(
    { lostSpans: { maxPercent: 50, ...timing } },
    { metrics: 'istio', labels: { proxyPod: 'pod_name' } },
    {
      metrics: new Set([
        'envoy_tracing_opentelemetry_spans_dropped',
        'envoy_tracing_opentelemetry_spans_sent',
      ]),
    },
  );
  const of = (what: string, pod: string) =>
    `envoy_tracing_opentelemetry_spans_${what}{namespace="shop",pod_name=${JSON.stringify(
      pod,
    )}}`;
  return {
    name: "spans that the entity's own proxies drop",
    groups: [group],
    courses: [
      excursion(of('dropped', `${HOSTILE}-7d9f8-x2x4z`), [2, 6, 0]),
      excursion(of('sent', `${HOSTILE}-7d9f8-x2x4z`), [2, 2, 8]),
      // Pods of another workload, whose name begins the same.
      excursion(of('dropped', `${HOSTILE}-v2-7d9f8-x2x4z`), [99, 99, 99]),
    ],
    moments: [
      { atMinutes: 15, firing: [] },
      { atMinutes: 35, firing: [{ rule: rule(), value: '75' }] },
      { atMinutes: 55, firing: [] },
    ],
  };
}

const CALLS = 'traces_span_metrics_calls_total';

function tracedShare(): RuleTest {
  const { group, rule } = groupOf({
    tracedShare: { minPercent: 25, ...timing },
  });
  return {
    name: 'fewer requests traced than the threshold',
    groups: [group],
    courses: [
      excursion(
        `${CALLS}{service_name=${quoted},span_kind="SPAN_KIND_SERVER"}`,
        [1, 0.5, 2],
      ),
      // The same requests once more, as the application reports them.
      excursion(
        `${CALLS}{service_name="checkout.shop",span_kind="SPAN_KIND_SERVER"}`,
        [0.5, 0.5, 0.5],
      ),
      steady(`istio_requests_total{${ISTIO},response_code="200"}`, 4, 60),
    ],
    moments: [
      { atMinutes: 15, firing: [] },
      { atMinutes: 35, firing: [{ rule: rule(), value: '12.5' }] },
      { atMinutes: 55, firing: [] },
    ],
  };
}

function nothingTraced(): RuleTest {
  const { group, rule } = groupOf({
    tracedShare: { minPercent: 25, ...timing },
  });
  return {
    name: 'no span at all, of many requests and of few',
    groups: [group],
    courses: [
      excursion(
        `istio_requests_total{${ISTIO},response_code="200"}`,
        [0.25, 4, 0.25],
      ),
    ],
    moments: [
      { atMinutes: 15, firing: [] },
      { atMinutes: 35, firing: [{ rule: rule(), value: '0' }] },
      { atMinutes: 55, firing: [] },
    ],
  };
}

/** For each kind: it doesn't fire at its border, fires beyond it, and resolves. */
export function ruleTests(): RuleTest[] {
  return [
    errorRateOfIstio(),
    errorRateOfSpans(),
    fewRequests(),
    errorBudget(),
    latency(),
    latencyInSeconds(),
    lostByCollectors(),
    lostByProxies(),
    tracedShare(),
    nothingTraced(),
  ];
}
