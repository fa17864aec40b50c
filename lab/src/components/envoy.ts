import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PORTS, type LabLayout } from '../layout/LabLayout';
import { httpGet } from '../process/httpGet';
import {
  ISTIO_VERSION,
  PROXY_ENVIRONMENT,
  type MeshWorkload,
} from '../kubernetes/meshWorkloads';
import type { ComponentSpec } from './ComponentSpec';

/** The address of a proxy's admin interface. */
export function envoyAdminUrl(workload: MeshWorkload): string {
  return `http://${workload.podAddress}:${PORTS.envoyAdmin}`;
}

function nodeMetadata(workload: MeshWorkload): object {
  return {
    NAME: workload.podName,
    NAMESPACE: workload.namespace,
    WORKLOAD_NAME: workload.name,
    OWNER: `kubernetes://apis/apps/v1/namespaces/${workload.namespace}/deployments/${workload.name}`,
    LABELS: workload.podLabels,
    ANNOTATIONS: {},
    INSTANCE_IPS: workload.podAddress,
    SERVICE_ACCOUNT: workload.serviceAccount,
    CLUSTER_ID: 'Kubernetes',
    MESH_ID: 'cluster.local',
    ISTIO_VERSION,
    NODE_NAME: 'lab-node',
    // Listeners bind their own addresses; no iptables redirects to them.
    INTERCEPTION_MODE: 'NONE',
    PROXY_CONFIG: {},
  };
}

function xdsCluster(layout: LabLayout): object {
  const http2 = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';
  return {
    name: 'xds-grpc',
    type: 'STATIC',
    connect_timeout: '1s',
    typed_extension_protocol_options: {
      [http2]: {
        '@type': `type.googleapis.com/${http2}`,
        explicit_http_config: {
          http2_protocol_options: {
            connection_keepalive: { interval: '30s', timeout: '10s' },
          },
        },
      },
    },
    load_assignment: {
      cluster_name: 'xds-grpc',
      endpoints: [
        {
          lb_endpoints: [
            {
              endpoint: {
                address: {
                  socket_address: {
                    address: layout.controlAddress,
                    port_value: PORTS.istiodXds,
                  },
                },
              },
            },
          ],
        },
      ],
    },
  };
}

/**
 * How names of statistics become labels, for istiod ends the names of clusters and
 * listeners with `;`. Envoy's own rules cut them at their dots.
 */
const STATISTICS = {
  stats_flush_interval: '1s',
  stats_config: {
    use_all_default_tags: false,
    stats_tags: [
      { tag_name: 'cluster_name', regex: '^cluster\\.((.+?);\\.)' },
      {
        tag_name: 'http_conn_manager_prefix',
        regex: '^(?:listener\\.[0-9.]+_[0-9]+\\.)?http\\.((.+?);\\.)',
      },
      {
        tag_name: 'listener_address',
        regex: '^listener\\.(([0-9.]+_[0-9]+)\\.)',
      },
      { tag_name: 'response_code_class', regex: '_rq_((\\d))xx$' },
      { tag_name: 'response_code', regex: '_rq(_(\\d{3}))$' },
    ],
  },
};

/** What pilot-agent would write for this proxy, without its own parts. */
export function envoyBootstrap(
  layout: LabLayout,
  workload: MeshWorkload,
): object {
  const { namespace, podAddress, podName } = workload;
  const ads = {
    ads: {},
    initial_fetch_timeout: '0s',
    resource_api_version: 'V3',
  };
  return {
    node: {
      id: `${workload.proxyType}~${podAddress}~${podName}.${namespace}~${namespace}.svc.cluster.local`,
      // Becomes service.name of the proxy's spans.
      cluster: `${workload.app}.${namespace}`,
      locality: {},
      metadata: nodeMetadata(workload),
    },
    admin: {
      address: {
        socket_address: { address: podAddress, port_value: PORTS.envoyAdmin },
      },
    },
    layered_runtime: {
      layers: [
        {
          name: 'static',
          // The default of 5 s would make every reader of traces wait.
          static_layer: {
            tracing: { opentelemetry: { flush_interval_ms: 250 } },
          },
        },
        { name: 'admin', admin_layer: {} },
      ],
    },
    dynamic_resources: {
      lds_config: ads,
      cds_config: ads,
      ads_config: {
        api_type: 'DELTA_GRPC',
        set_node_on_first_message_only: true,
        transport_api_version: 'V3',
        grpc_services: [{ envoy_grpc: { cluster_name: 'xds-grpc' } }],
      },
    },
    static_resources: { clusters: [xdsCluster(layout)] },
    ...(layout.profile === 'production' && STATISTICS),
  };
}

/** One Envoy, with Istio's drain settings. */
export function envoy(
  layout: LabLayout,
  binary: string,
  stateFolder: string,
  workload: MeshWorkload,
): ComponentSpec {
  const file = join(stateFolder, 'config', `envoy-${workload.name}.json`);
  mkdirSync(join(stateFolder, 'config'), { recursive: true });
  writeFileSync(file, JSON.stringify(envoyBootstrap(layout, workload)));
  const admin = envoyAdminUrl(workload);
  return {
    name: `envoy-${workload.name}`,
    command: binary,
    args: [
      '-c',
      file,
      '--concurrency',
      '1',
      '--disable-hot-restart',
      '--log-level',
      'warn',
      '--drain-time-s',
      '45',
      '--drain-strategy',
      'immediate',
      '--parent-shutdown-time-s',
      '60',
    ],
    // What custom tags of kind `environment` read.
    env: PROXY_ENVIRONMENT,
    address: admin,
    ready: async () =>
      (await httpGet(`${admin}/ready`)).body.startsWith('LIVE'),
  };
}
