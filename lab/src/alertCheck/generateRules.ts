import {
  alertFiles,
  entityAlertGroup,
  storeAlertGroup,
  type AlertFacts,
  type AlertFiles,
  type AlertGroup,
  type AlertSubject,
  type AlertWishes,
  type MetricsNaming,
} from 'backstage-plugin-mesh-tracing-common';
import type { Random } from '../checks/Random';

/** Names as nobody should give them. */
const NAMES = [
  'checkout',
  'checkout.v1',
  'a.*|b',
  '"} or vector(1) #',
  "it's",
  '{{ $labels.secret }}',
  '{{{',
  'end{',
  '$1 \\d \\',
  'two\nlines',
  'tab\there',
  '<<: *anchor',
  '- item',
  '# comment',
  'yes',
  '1e3',
  'ключ🔑',
  '\u0007bell',
  '\u2028line',
  '%{percent}',
];

const FACTS = [
  'otelcol_receiver_refused_spans_total',
  'otelcol_receiver_accepted_spans',
  'otelcol_exporter_send_failed_spans_total',
  'otelcol_exporter_enqueue_failed_spans',
  'jaeger_storage_bulk_index_errors_total',
  'jaeger_storage_bulk_index_attempts_total',
  'jaeger_collector_spans_dropped_total',
  'jaeger_collector_spans_received_total',
  'envoy_tracing_opentelemetry_spans_dropped',
  'envoy_tracing_opentelemetry_spans_sent',
  'envoy_tracing_zipkin_reports_failed',
  'envoy_tracing_zipkin_reports_sent',
];

/** Groups, and the files that they are written to. */
export interface GeneratedRules {
  groups: AlertGroup[];
  files: AlertFiles;
  /** Rules in the files. */
  count: number;
}

function namingOf(random: Random): MetricsNaming {
  const isIstio = random.chance(0.6);
  const selector = random.maybe(0.4, () => ({ cluster: random.pick(NAMES) }));
  const names = random.maybe(0.3, () => ({
    counter: 'site:requests_total',
    histogram: 'site_request_time',
    latencyUnit: 's' as const,
  }));
  return isIstio
    ? {
        metrics: 'istio',
        ...names,
        selector,
        labels: random.maybe(0.3, () => ({
          workload: 'app',
          namespace: 'ns',
          reporter: 'side',
          responseCode: 'code',
        })),
      }
    : {
        metrics: 'spanmetrics',
        ...names,
        selector,
        prefix: random.maybe(0.3, () => 'calls:by_span'),
        labels: random.maybe(0.3, () => ({
          service: 'svc',
          spanKind: 'kind',
          status: 'outcome',
        })),
      };
}

function subjectOf(random: Random, nth: number): AlertSubject {
  const several = () =>
    Array.from({ length: random.between(1, 3) }, () => random.pick(NAMES));
  const workloads = several().map(name => ({
    namespace: random.pick(NAMES),
    kind: random.pick(['Deployment', 'StatefulSet', 'DaemonSet']),
    name,
  }));
  const services = several();
  return {
    entityRef: `component:${random.pick(NAMES)}/${random.pick(NAMES)}-${nth}`,
    ownerRef: random.maybe(0.7, () => `group:default/${random.pick(NAMES)}`),
    tabUrl: random.maybe(
      0.7,
      () => `https://portal.example.com/${random.pick(NAMES)}`,
    ),
    measured: { services, workloads },
    workloads,
    tracedNames: [services],
  };
}

function wishesOf(random: Random): AlertWishes {
  const timing = () => ({
    windowMinutes: random.between(1, 1_440),
    forMinutes: random.pick([0, 1, 15, 1_440]),
    severity: random.pick(['critical', 'warning', 'info'] as const),
  });
  const least = () => random.pick([0, 1, 20, 1_000_000]);
  const percent = () => random.pick([0.001, 0.1, 1, 12.5, 99.99]);
  return {
    errorRate: random.maybe(0.8, () => ({
      maxPercent: percent(),
      leastRequests: least(),
      ...timing(),
    })),
    errorBudget: random.maybe(0.8, () => ({
      objectivePercent: random.pick([50, 90, 99, 99.9, 99.95, 99.999]),
      periodDays: random.between(7, 90),
      leastRequests: least(),
    })),
    latency: random.maybe(0.8, () => ({
      p95MaxMs: random.maybe(0.7, () => random.pick([1, 0.5 + 250, 3_600_000])),
      p99MaxMs: random.between(1, 60_000),
      leastRequests: least(),
      ...timing(),
    })),
    lostSpans: random.maybe(0.8, () => ({
      maxPercent: percent(),
      ...timing(),
    })),
    tracedShare: random.maybe(0.8, () => ({
      minPercent: percent(),
      ...timing(),
    })),
  };
}

/** Rules for some entities of one site, as hostile as names may be. */
export function generateRules(random: Random): GeneratedRules {
  const naming = namingOf(random);
  const wishes = wishesOf(random);
  const facts: AlertFacts = {
    histogram: random.pick(['classic', 'native'] as const),
    metrics: random.maybe(0.8, () => new Set(random.some(FACTS, 0.7))),
  };
  const groups = [
    ...Array.from({ length: random.between(1, 4) }, (_, nth) =>
      entityAlertGroup(subjectOf(random, nth), wishes, { naming, facts }),
    ),
    storeAlertGroup(random.pick(NAMES), wishes, { naming, facts }),
  ];
  return {
    groups,
    files: alertFiles(random.pick(NAMES), groups, {
      namespace: 'monitoring',
      labels: { release: 'prometheus' },
    }),
    count: groups.reduce(
      (sum, group) => sum + group.alerts.length + group.recordings.length,
      0,
    ),
  };
}
