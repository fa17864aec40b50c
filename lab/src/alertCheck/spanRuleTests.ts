import { storeAlertGroup } from 'backstage-plugin-mesh-tracing-common';
import type { RuleTest } from './RuleTest';
import {
  HOSTILE,
  timing,
  quoted,
  ISTIO,
  groupOf,
  picked,
  steady,
  excursion,
} from './ruleTestParts';

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

/** Alerts about tracing: lost spans, and too few traced requests. */
export function spanRuleTests(): RuleTest[] {
  return [lostByCollectors(), lostByProxies(), tracedShare(), nothingTraced()];
}
