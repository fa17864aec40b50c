import { ROOT_NAMESPACE } from './meshWorkloads';
import type { KubeObject } from './resourcePath';

const CONNECTION_MANAGER = 'envoy.filters.network.http_connection_manager';

/** Carries what the calling proxy says of itself to the called one. */
const PEER_HEADER = 'x-lab-peer';

/** The form in which istiod describes the workload of an endpoint. */
const SELF = [
  'WORKLOAD_NAME',
  'NAMESPACE',
  "LABELS['service.istio.io/canonical-name']",
  "LABELS['service.istio.io/canonical-revision']",
  'CLUSTER_ID',
]
  .map(path => `%CEL(xds.node.metadata.${path})%`)
  .join(';');

/** Of each request, as far as Envoy's own release knows it. */
function tags(reporter: 'source' | 'destination') {
  const peer = {
    source: '%UPSTREAM_METADATA(istio:workload)%',
    destination: `%REQ(${PEER_HEADER})%`,
  };
  return Object.entries({
    reporter,
    self: SELF,
    peer: peer[reporter],
    cluster: '%UPSTREAM_CLUSTER_RAW%',
    response_code: '%RESPONSE_CODE%',
    response_flags: '%RESPONSE_FLAGS%',
    grpc_response_status: '%GRPC_STATUS_NUMBER%',
    request_protocol: '%PROTOCOL%',
  }).map(([name, value_format]) => ({ name, value_format }));
}

function countingLogger(reporter: 'source' | 'destination'): object {
  const stat = (name: string) => ({ name, tags: tags(reporter) });
  return {
    name: 'envoy.access_loggers.stats',
    typed_config: {
      '@type':
        'type.googleapis.com/envoy.extensions.access_loggers.stats.v3.Config',
      stat_prefix: 'istio',
      counters: [{ stat: stat('requests_total'), value_fixed: 1 }],
      histograms: [
        {
          stat: stat('request_duration_milliseconds'),
          unit: 'Milliseconds',
          value_format: '%DURATION%',
        },
      ],
    },
  };
}

function countRequests(
  context: string,
  reporter: 'source' | 'destination',
): object {
  return {
    applyTo: 'NETWORK_FILTER',
    match: {
      context,
      listener: { filterChain: { filter: { name: CONNECTION_MANAGER } } },
    },
    patch: {
      operation: 'MERGE',
      value: {
        typed_config: {
          '@type':
            'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
          access_log: [countingLogger(reporter)],
        },
      },
    },
  };
}

function introduceSelf(context: string): object {
  return {
    applyTo: 'ROUTE_CONFIGURATION',
    match: { context },
    patch: {
      operation: 'MERGE',
      value: {
        request_headers_to_add: [
          {
            header: { key: PEER_HEADER, value: SELF },
            append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
          },
        ],
      },
    },
  };
}

/**
 * Makes Envoys of Envoy's own release count requests as Istio's proxies do, which
 * have a filter of their own for it. Prometheus' relabelling gives the result
 * Istio's names; see `istioRelabeling`.
 */
export function requestMetricsFilter(): KubeObject {
  return {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: { name: 'request-metrics', namespace: ROOT_NAMESPACE },
    spec: {
      configPatches: [
        countRequests('SIDECAR_INBOUND', 'destination'),
        countRequests('SIDECAR_OUTBOUND', 'source'),
        countRequests('GATEWAY', 'source'),
        introduceSelf('SIDECAR_OUTBOUND'),
        introduceSelf('GATEWAY'),
      ],
    },
  };
}
