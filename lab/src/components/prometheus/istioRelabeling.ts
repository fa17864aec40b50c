/** One rule of Prometheus' `metric_relabel_configs`. */
export interface RelabelRule {
  source_labels?: string[];
  regex?: string;
  target_label?: string;
  replacement?: string;
  action?: 'keep' | 'labeldrop';
}

/** What a proxy says of a workload, in this order, between semicolons. */
const WORKLOAD_PARTS = [
  'workload',
  'workload_namespace',
  'canonical_service',
  'canonical_revision',
  'cluster',
];

/** Who counted, with what it calls itself and the other side. */
const REPORTERS = [
  { reporter: 'source', self: 'source', peer: 'destination' },
  { reporter: 'destination', self: 'destination', peer: 'source' },
];

/** Of a proxy's thousands of series, those that somebody looks at. */
const KEPT = [
  'envoy_istio_.+',
  'envoy_server_(live|uptime)',
  'envoy_cluster_upstream_(cx_connect_fail|cx_none_healthy|rq_total|rq_xx)',
  'envoy_http_downstream_rq_total',
  'envoy_(http_)?tracing_.+',
  'envoy_listener_manager_lds_update_rejected',
].join('|');

/** `outbound|9080||reviews.bookinfo.svc.cluster.local`, up to its host. */
const BEFORE_HOST = 'outbound\\|\\d+\\|[^|]*\\|';

function partRules(): RelabelRule[] {
  return REPORTERS.flatMap(({ reporter, self, peer }) =>
    [
      { label: 'self', prefix: self },
      { label: 'peer', prefix: peer },
    ].flatMap(({ label, prefix }) =>
      WORKLOAD_PARTS.map((part, index) => {
        const groups = WORKLOAD_PARTS.map((_, other) =>
          other === index ? '([^;]*)' : '[^;]*',
        );
        return {
          source_labels: ['reporter', label],
          regex: `${reporter};${groups.join(';')}`,
          target_label: `${prefix}_${part}`,
          replacement: '$1',
        };
      }),
    ),
  );
}

/** Nobody was reached, as with an injected fault: `unknown`, as Istio says it. */
function unknownPeerRules(): RelabelRule[] {
  return REPORTERS.flatMap(({ reporter, peer }) =>
    WORKLOAD_PARTS.map(part => ({
      source_labels: ['reporter', 'peer'],
      regex: `${reporter};-?`,
      target_label: `${peer}_${part}`,
      replacement: 'unknown',
    })),
  );
}

function serviceRules(): RelabelRule[] {
  const fromCluster = (regex: string, target_label: string): RelabelRule => ({
    source_labels: ['cluster'],
    regex: `${BEFORE_HOST}${regex}`,
    target_label,
    replacement: '$1',
  });
  const ofDestination = (
    labels: string[],
    target_label: string,
    replacement = '$1',
  ): RelabelRule => ({
    source_labels: ['reporter', ...labels.map(name => `destination_${name}`)],
    regex: `destination;${labels.map(() => '(.+)').join(';')}`,
    target_label,
    replacement,
  });
  return [
    fromCluster('(.+)', 'destination_service'),
    fromCluster('([^.]+)\\..+', 'destination_service_name'),
    fromCluster('[^.]+\\.([^.]+)\\.svc.+', 'destination_service_namespace'),
    // The name of an inbound cluster has no host: the canonical service stands in.
    ofDestination(['canonical_service'], 'destination_service_name'),
    ofDestination(['workload_namespace'], 'destination_service_namespace'),
    ofDestination(
      ['canonical_service', 'workload_namespace'],
      'destination_service',
      '$1.$2.svc.cluster.local',
    ),
  ];
}

/**
 * Makes Istio's metrics and labels of what the Envoys' counting access logger
 * publishes; see `requestMetricsFilter`.
 */
export function istioRelabeling(): RelabelRule[] {
  return [
    { source_labels: ['__name__'], action: 'keep', regex: KEPT },
    {
      source_labels: ['__name__'],
      regex: 'envoy_(istio_.+)',
      target_label: '__name__',
      replacement: '$1',
    },
    ...partRules(),
    ...unknownPeerRules(),
    ...serviceRules(),
    // Renamed and not dropped: series that differ in it alone would collide.
    { source_labels: ['cluster'], target_label: 'upstream_cluster' },
    { action: 'labeldrop', regex: 'self|peer|cluster' },
  ];
}
