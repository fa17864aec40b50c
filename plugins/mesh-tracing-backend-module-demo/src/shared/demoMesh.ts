/** Istio release of the control plane and of most proxies. */
export const ISTIO_VERSION = '1.31.0';
/** `istio.cluster_id` of the spans, and name of the cluster in the portal. */
export const DEMO_CLUSTER = 'demo';
/** Where the control plane is. */
export const ROOT_NAMESPACE = 'istio-system';

/** Environment of every proxy; what `environment` tags can read. */
export const PROXY_ENVIRONMENT: Readonly<Record<string, string>> = {
  CLUSTER_REGION: 'eu-central-1',
  DEPLOY_TIER: 'demo',
  ISTIO_META_CLUSTER_ID: DEMO_CLUSTER,
};
