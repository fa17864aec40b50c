import type { Course, RuleTest } from './RuleTest';
import {
  timing,
  quoted,
  ISTIO,
  OTHERS,
  groupOf,
  steady,
  excursion,
} from './ruleTestParts';

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

/** Alerts about requests: failures, budgets and durations. */
export function requestRuleTests(): RuleTest[] {
  return [
    errorRateOfIstio(),
    errorRateOfSpans(),
    fewRequests(),
    errorBudget(),
    latency(),
    latencyInSeconds(),
  ];
}
