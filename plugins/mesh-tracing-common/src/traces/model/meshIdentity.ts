import { ownerOfPod } from '../../workloads';
import { textsOf } from './attributes';
import type { Attributes, Span } from './Trace';

/** Whom the mesh says that a span is about. @public */
export interface MeshParty {
  namespace: string;
  pod?: string;
  /** Name of the owner, where the mesh tells it: `istio.destination_workload`. */
  workload?: string;
  /** Label `service.istio.io/canonical-name`. */
  canonicalService?: string;
  canonicalRevision?: string;
  clusterId?: string;
}

/** Who sent a span, as the mesh knows it. @public */
export interface MeshIdentity extends MeshParty {
  /** `sidecar`, `router` (gateways) or `waypoint`, from Envoy's `node_id`. */
  proxy?: string;
  /** Of a waypoint's span: who called, as far as the waypoint knows. */
  source?: MeshParty;
  /** Of a waypoint's span: whom it served. */
  destination?: MeshParty;
}

/** Attributes that carry the identity of a span's sender. */
export const SENDER_ATTRIBUTES = {
  nodeId: 'node_id',
  canonicalService: 'istio.canonical_service',
  canonicalRevision: 'istio.canonical_revision',
  namespace: 'istio.namespace',
  clusterId: 'istio.cluster_id',
} as const;

/** Attributes in which a waypoint of Istio 1.29 and newer tells both ends of a call. */
export const WAYPOINT_ATTRIBUTES = {
  sourceWorkload: 'istio.source_workload',
  sourceNamespace: 'istio.source_namespace',
  sourceService: 'istio.source_canonical_service',
  sourceRevision: 'istio.source_canonical_revision',
  sourceCluster: 'istio.source_cluster_id',
  destinationWorkload: 'istio.destination_workload',
  destinationNamespace: 'istio.destination_namespace',
  destinationService: 'istio.destination_canonical_service',
  destinationRevision: 'istio.destination_canonical_revision',
  destinationCluster: 'istio.destination_cluster_id',
} as const;

/** Attributes that carry a span's mesh identity. */
export const IDENTITY_ATTRIBUTES = {
  ...SENDER_ATTRIBUTES,
  ...WAYPOINT_ATTRIBUTES,
} as const;

/** The texts that an identity is read from. */
export type IdentityTexts = {
  [key in keyof typeof SENDER_ATTRIBUTES]: string | undefined;
} & {
  /** Only spans of waypoints have these. */
  -readonly [key in keyof typeof WAYPOINT_ATTRIBUTES]?: string | undefined;
} & {
  /** Name of a waypoint's span: older ones tell the host that they serve in it alone. */
  operation?: string | undefined;
};

/** `<service>.<namespace>.svc.<cluster domain>`, as Kubernetes names Services. */
export const KUBERNETES_HOST =
  /^([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.svc(?=[.:/]|$)/;

/** Whether a text is the node id of a waypoint. */
export function isWaypointNode(nodeId: string): boolean {
  return nodeId.startsWith('waypoint~');
}

/**
 * Envoy's node id as Istio sets it: `type~ip~pod.namespace~namespace.svc.domain`.
 * Undefined for any other text.
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
    ...(node?.proxy === 'waypoint' ? bothEnds(texts) : {}),
  };
}

/**
 * Both ends of a call through a waypoint. A span of such a proxy is about the
 * workload that it served; ztunnel, which is beside each end, makes no spans.
 */
function bothEnds(
  texts: IdentityTexts,
): Pick<MeshIdentity, 'source' | 'destination'> {
  const source = party({
    workload: texts.sourceWorkload,
    namespace: texts.sourceNamespace,
    canonicalService: texts.sourceService,
    canonicalRevision: texts.sourceRevision,
    clusterId: texts.sourceCluster ?? texts.clusterId,
  });
  const destination =
    party({
      workload: texts.destinationWorkload,
      namespace: texts.destinationNamespace,
      canonicalService: texts.destinationService,
      canonicalRevision: texts.destinationRevision,
      clusterId: texts.destinationCluster ?? texts.clusterId,
    }) ?? hostParty(texts);
  return {
    source,
    destination,
  };
}

function party(
  texts: Record<
    | 'workload'
    | 'namespace'
    | 'canonicalService'
    | 'canonicalRevision'
    | 'clusterId',
    string | undefined
  >,
): MeshParty | undefined {
  const namespace = known(texts.namespace);
  const workload = known(texts.workload);
  const canonicalService = known(texts.canonicalService);
  return namespace && (workload || canonicalService)
    ? {
        namespace,
        workload,
        canonicalService,
        canonicalRevision: known(texts.canonicalRevision),
        clusterId: known(texts.clusterId),
      }
    : undefined;
}

/** Before Istio 1.29 a waypoint's span is named after the host and the route. */
function hostParty({
  operation,
  clusterId,
}: IdentityTexts): MeshParty | undefined {
  const [, canonicalService, namespace] =
    KUBERNETES_HOST.exec(operation ?? '') ?? [];
  return canonicalService && namespace
    ? { namespace, canonicalService, clusterId: known(clusterId) }
    : undefined;
}

/**
 * Name of a party's owner: as told by the mesh, else guessed from the pod's name.
 * Undefined when neither tells.
 */
export function ownerOfParty({ workload, pod }: MeshParty): string | undefined {
  return workload ?? (pod === undefined ? undefined : ownerOfPod(pod) ?? pod);
}

function known(value: string | undefined): string | undefined {
  return value && value !== 'unknown' && value !== '-' ? value : undefined;
}

const WAYPOINT_ENTRIES = Object.entries(WAYPOINT_ATTRIBUTES) as Array<
  [keyof typeof WAYPOINT_ATTRIBUTES, string]
>;

/** The texts of one span, from its attributes, else from its resource. */
export function identityTexts(span: {
  operation: string;
  attributes: Attributes;
  resource: Attributes;
}): IdentityTexts {
  const read = (key: string) =>
    textsOf(span.attributes[key])[0] ?? textsOf(span.resource[key])[0];
  const texts: IdentityTexts = {
    nodeId: read(SENDER_ATTRIBUTES.nodeId),
    canonicalService: read(SENDER_ATTRIBUTES.canonicalService),
    canonicalRevision: read(SENDER_ATTRIBUTES.canonicalRevision),
    namespace: read(SENDER_ATTRIBUTES.namespace),
    clusterId: read(SENDER_ATTRIBUTES.clusterId),
  };
  if (texts.nodeId && isWaypointNode(texts.nodeId)) {
    texts.operation = span.operation;
    for (const [key, attribute] of WAYPOINT_ENTRIES) {
      texts[key] = read(attribute);
    }
  }
  return texts;
}

/** The mesh identity of a span; undefined when it carries none. @public */
export function meshIdentityOf(span: Span): MeshIdentity | undefined {
  return identityOf(identityTexts(span));
}
