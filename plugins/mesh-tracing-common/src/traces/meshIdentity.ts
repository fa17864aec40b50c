import type { Attributes, AttributeValue, Span } from './model';

/** Who sent a span, as the mesh knows it. @public */
export interface MeshIdentity {
  /** `sidecar`, `router` (gateways) or `waypoint`, from Envoy's `node_id`. */
  proxy?: string;
  pod?: string;
  namespace?: string;
  /** Label `service.istio.io/canonical-name`. */
  canonicalService?: string;
  canonicalRevision?: string;
  clusterId?: string;
}

/** Attributes that carry a span's mesh identity. */
export const IDENTITY_ATTRIBUTES = {
  nodeId: 'node_id',
  canonicalService: 'istio.canonical_service',
  canonicalRevision: 'istio.canonical_revision',
  namespace: 'istio.namespace',
  clusterId: 'istio.cluster_id',
} as const;

/** The texts that an identity is read from. */
export type IdentityTexts = {
  [key in keyof typeof IDENTITY_ATTRIBUTES]: string | undefined;
};

/**
 * Envoy's node id as Istio sets it: `type~ip~pod.namespace~namespace.svc.domain`.
 * Undefined for any other text.
 * @public
 */
export function parseNodeId(
  nodeId: string,
): { proxy: string; pod: string; namespace: string } | undefined {
  const parts = nodeId.split('~');
  const [proxy, , podAndNamespace, domain] = parts;
  const namespace = domain?.split('.')[0];
  if (parts.length !== 4 || !proxy || !podAndNamespace || !namespace) {
    return undefined;
  }
  const suffix = `.${namespace}`;
  return podAndNamespace.endsWith(suffix) &&
    podAndNamespace.length > suffix.length
    ? { proxy, pod: podAndNamespace.slice(0, -suffix.length), namespace }
    : undefined;
}

/** Undefined when the texts identify nobody. */
export function identityOf(texts: IdentityTexts): MeshIdentity | undefined {
  const node = texts.nodeId ? parseNodeId(texts.nodeId) : undefined;
  const namespace = node?.namespace ?? known(texts.namespace);
  const canonicalService = known(texts.canonicalService);
  if (!namespace || !(node || canonicalService)) {
    return undefined;
  }
  return {
    ...(node ? { proxy: node.proxy, pod: node.pod } : {}),
    namespace,
    canonicalService,
    canonicalRevision: known(texts.canonicalRevision),
    clusterId: known(texts.clusterId),
  };
}

function known(value: string | undefined): string | undefined {
  return value && value !== 'unknown' && value !== '-' ? value : undefined;
}

function text(value: AttributeValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The texts of one span, from its attributes, else from its resource. */
export function identityTexts(span: {
  attributes: Attributes;
  resource: Attributes;
}): IdentityTexts {
  const read = (key: string) =>
    text(span.attributes[key]) ?? text(span.resource[key]);
  return {
    nodeId: read(IDENTITY_ATTRIBUTES.nodeId),
    canonicalService: read(IDENTITY_ATTRIBUTES.canonicalService),
    canonicalRevision: read(IDENTITY_ATTRIBUTES.canonicalRevision),
    namespace: read(IDENTITY_ATTRIBUTES.namespace),
    clusterId: read(IDENTITY_ATTRIBUTES.clusterId),
  };
}

/** The mesh identity of a span; undefined when it carries none. @public */
export function meshIdentityOf(span: Span): MeshIdentity | undefined {
  return identityOf(identityTexts(span));
}

const SAFE = '[bcdfghjklmnpqrstvwxz2456789]';
const POD_NAME_FORMS = [
  // Deployment, Rollout: owner, hash of the pod template, random suffix.
  new RegExp(`^(.+)-${SAFE}{6,10}-${SAFE}{5}$`),
  // DaemonSet, Job, ReplicaSet: owner, random suffix.
  new RegExp(`^(.+)-${SAFE}{5}$`),
  // StatefulSet: owner, ordinal.
  /^(.+)-\d+$/,
];

/**
 * Name of the workload that owns a pod, from the forms that Kubernetes gives to
 * pod names; undefined for a name in no such form.
 * @public
 */
export function ownerOfPod(pod: string): string | undefined {
  for (const form of POD_NAME_FORMS) {
    const owner = form.exec(pod)?.[1];
    if (owner) {
      return owner;
    }
  }
  return undefined;
}
