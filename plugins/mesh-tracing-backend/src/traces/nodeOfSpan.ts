import {
  meshIdentityOf,
  ownerOfPod,
  type DependencyNode,
  type Span,
  type TraceSender,
} from 'backstage-plugin-mesh-tracing-common';

/** What tells which entities stand for a node. */
export type Identified = Pick<DependencyNode, 'name' | 'workload'>;

/** A key that is equal for nodes which the same entities stand for. */
export function keyOfNode({ name, workload }: Identified): string {
  return JSON.stringify(
    workload
      ? [
          workload.clusterId,
          workload.namespace,
          workload.canonicalName,
          workload.canonicalRevision,
          workload.name,
        ]
      : name,
  );
}

/**
 * The node that a span counts for. A waypoint's span counts for the workload
 * that it served, not for the waypoint.
 */
export function nodeOfSpan(span: Span): Identified {
  return nodeOfSender({
    service: span.service,
    identity: meshIdentityOf(span),
  });
}

/** As {@link nodeOfSpan}, for all spans of a sender. */
export function nodeOfSender({ service, identity }: TraceSender): Identified {
  const party = identity?.destination ?? identity;
  if (!party) {
    return { name: service };
  }
  const { namespace, clusterId, canonicalRevision, pod } = party;
  const name = party.workload ?? (pod && (ownerOfPod(pod) ?? pod));
  return {
    name: service,
    workload: {
      namespace,
      canonicalName: party.canonicalService ?? name ?? service,
      ...(clusterId && { clusterId }),
      ...(canonicalRevision && { canonicalRevision }),
      ...(name && { name }),
    },
  };
}
