/** A Kubernetes object as the lab writes it. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: object[];
  };
  [field: string]: unknown;
}

const IRREGULAR: Record<string, string> = {
  Telemetry: 'telemetries',
  WorkloadEntry: 'workloadentries',
  ServiceEntry: 'serviceentries',
  PeerAuthentication: 'peerauthentications',
  GatewayClass: 'gatewayclasses',
  ValidatingAdmissionPolicy: 'validatingadmissionpolicies',
};

function plural(kind: string): string {
  return IRREGULAR[kind] ?? `${kind.toLowerCase()}s`;
}

/** The path of an object in the Kubernetes API. */
export function resourcePath(object: KubeObject): string {
  const { apiVersion, kind, metadata } = object;
  const root = apiVersion.includes('/') ? '/apis' : '/api';
  const namespace = metadata.namespace
    ? `/namespaces/${metadata.namespace}`
    : '';
  return `${root}/${apiVersion}${namespace}/${plural(kind)}/${metadata.name}`;
}
