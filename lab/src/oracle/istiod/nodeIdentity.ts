import type { TracingProxy } from 'backstage-plugin-mesh-tracing-common';
import type { NodeIdentity } from './discoveryRequest';
import type { OracleProxy } from '../generate/OracleRound';

const NODE_TYPES: Record<TracingProxy['kind'], string> = {
  sidecar: 'sidecar',
  gateway: 'router',
  waypoint: 'waypoint',
};

/** The name by which istiod's debug interface finds the proxy, and no other. */
export function proxyId({ name, proxy }: OracleProxy): string {
  // A number for the connection follows the dash.
  return `${name}.${proxy.namespace}-`;
}

/** The node that a proxy connects as. */
export function nodeIdentity(oracleProxy: OracleProxy): NodeIdentity {
  const { name, address, proxy } = oracleProxy;
  const { namespace, kind } = proxy;
  return {
    id: `${NODE_TYPES[kind]}~${address}~${name}.${namespace}~${namespace}.svc.cluster.local`,
    cluster: `${name}.${namespace}`,
    metadata: {
      NAME: name,
      NAMESPACE: namespace,
      LABELS: proxy.labels,
      INSTANCE_IPS: address,
      CLUSTER_ID: proxy.clusterId,
      MESH_ID: proxy.meshId,
      ISTIO_VERSION: proxy.version,
      PROXY_CONFIG: proxy.proxyConfig,
    },
  };
}
