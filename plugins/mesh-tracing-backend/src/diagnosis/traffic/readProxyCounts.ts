import {
  equals,
  oneOf,
  type ProxyExportFacts,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import type { TimeWindow } from '../../traces';
import { countsInWindow, type Growth } from './countsInWindow';
import type { ClusterMetrics } from './MeshMetrics';

/** Pods whose statistics are asked for by name. */
const MOST_PODS = 100;

/** Envoy's tracers, by what their counters mean. Source: Envoy, tracers' stats. */
const SENT = ['opentelemetry_spans_sent', 'zipkin_spans_sent'];
const LOST = [
  'opentelemetry_spans_dropped',
  'opentelemetry_http_reports_failed',
  'zipkin_reports_dropped',
  'zipkin_reports_failed',
  'zipkin_reports_skipped_no_cluster',
];
/** Source: Envoy, statistics of the HTTP connection manager, tracing. */
const TRACED = ['random_sampling', 'service_forced', 'client_enabled'];
const REQUESTS = 'envoy_http_downstream_rq_total';
const CLUSTER = 'envoy_cluster_upstream';

/** Where a provider's spans are sent to. */
export interface ProviderAddress {
  host: string;
  port: number;
}

/** What a workload's proxies count of themselves in a window. */
export type ProxyCounts = ProxyExportFacts & { requestCount?: number };

/** Source: Istio, names of Envoy's statistics; those of listeners and clusters may end with `;`. */
export async function readProxyCounts(
  metrics: ClusterMetrics,
  of: {
    workload: Workload;
    window: TimeWindow;
    /** Its end, in which losses count: older ones may be mended. */
    recent: TimeWindow;
    provider?: ProviderAddress;
  },
  options: TraceReadOptions,
): Promise<ProxyCounts> {
  const own = ownMatchers(metrics, of.workload);
  const names = [
    ...[...SENT, ...LOST].map(name => `envoy_tracing_${name}`),
    ...TRACED.map(name => `envoy_http_tracing_${name}`),
  ];
  const ask = (selector: string, window: TimeWindow, by?: string[]) =>
    countsInWindow(metrics, { selector, by, window }, options);
  const [tracing, requests, cluster] = await Promise.all([
    ask(series([oneOf('__name__', names), ...own]), of.recent),
    ask(inbound(own), of.window),
    of.provider
      ? ask(toProvider(own, of.provider), of.recent, [
          'response_code_class',
          'envoy_response_code_class',
        ])
      : [],
  ]);
  const sum = (kind: string, wanted: string[]) =>
    total(
      tracing,
      wanted.map(name => `envoy_${kind}_${name}`),
    );
  return {
    requestCount: total(requests, [REQUESTS]),
    spansSent: sum('tracing', SENT),
    spansDropped: sum('tracing', LOST),
    decidedToTrace: sum('http_tracing', TRACED),
    ...(of.provider && cluster.length > 0
      ? { collector: clusterCounts(of.provider, cluster) }
      : {}),
  };
}

function clusterCounts(
  { host, port }: ProviderAddress,
  found: Growth[],
): ProxyExportFacts['collector'] {
  const failed = found.filter(({ name, labels }) => {
    const code = labels.response_code_class ?? labels.envoy_response_code_class;
    return name === `${CLUSTER}_rq_xx` && /^[45]/.test(String(code ?? ''));
  });
  return {
    cluster: `outbound|${port}||${host}`,
    requests: total(found, [`${CLUSTER}_rq_total`]),
    connectFailures: total(found, [`${CLUSTER}_cx_connect_fail`]),
    withoutHealthyHost: total(found, [`${CLUSTER}_cx_none_healthy`]),
    errors: failed.reduce((all, { count }) => all + count, 0),
  };
}

/** Undefined where none of the metrics is there: that is not nothing. */
function total(found: Growth[], names: string[]): number | undefined {
  const those = found.filter(({ name }) => names.includes(name));
  return those.length === 0
    ? undefined
    : those.reduce((all, { count }) => all + count, 0);
}

function series(matchers: string[]): string {
  return `{${matchers.join(',')}}`;
}

/** A label goes by one name in Envoy's own rules, by another in Istio's. */
function eitherLabel(
  label: string,
  matchers: string[],
  pattern: string,
): string {
  return [label, `envoy_${label}`]
    .map(name => series([...matchers, `${name}=~${JSON.stringify(pattern)}`]))
    .join(' or ');
}

function inbound(own: string[]): string {
  return eitherLabel(
    'http_conn_manager_prefix',
    [equals('__name__', REQUESTS), ...own],
    'inbound_.*',
  );
}

function toProvider(own: string[], { host, port }: ProviderAddress): string {
  const names = ['rq_total', 'rq_xx', 'cx_connect_fail', 'cx_none_healthy'];
  const exact = host.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return eitherLabel(
    'cluster_name',
    [
      oneOf(
        '__name__',
        names.map(name => `${CLUSTER}_${name}`),
      ),
      ...own,
    ],
    `outbound\\|${port}\\|[^|]*\\|${exact};?`,
  );
}

function ownMatchers(
  { config }: ClusterMetrics,
  { namespace, name, pods }: Workload,
): string[] {
  const { labels = {}, selector = {} } = config;
  const site = Object.entries(selector).map(([key, value]) =>
    equals(key, value),
  );
  return labels.workload
    ? [
        equals(labels.workload, name),
        ...(labels.namespace ? [equals(labels.namespace, namespace)] : []),
        ...site,
      ]
    : [
        equals(labels.namespace ?? 'namespace', namespace),
        oneOf(
          labels.pod ?? 'pod',
          pods.slice(0, MOST_PODS).map(pod => pod.name),
        ),
        ...site,
      ];
}
