import {
  canonicalServiceOf,
  type DependencyNode,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';

/**
 * Stands for the id of a cluster that does not tell it: spans from any cluster may be
 * of its workloads.
 */
const UNKNOWN_CLUSTER = '?';

/** The key of a trace service name. */
export function serviceKey(name: string): string {
  return `service ${name}`;
}

/**
 * The keys that lead from a node to its workload, from the surest to the least sure.
 * The workload's name alone comes last, since it may be guessed from names of pods.
 */
function nodeKeys(
  { namespace, clusterId, ...names }: NonNullable<DependencyNode['workload']>,
  cluster = clusterId ?? '',
): string[] {
  const { canonicalName, canonicalRevision, name } = names;
  const scope = `${cluster}/${namespace}`;
  return [
    ...(name ? [`both ${scope} ${canonicalName} ${name}`] : []),
    ...(canonicalRevision
      ? [`version ${scope} ${canonicalName} ${canonicalRevision}`]
      : []),
    `canonical ${scope} ${canonicalName}`,
    // A node whose spans tell no canonical service has the workload's name in its
    // place.
    ...(name === canonicalName ? [`workload ${scope} ${name}`] : []),
  ];
}

/**
 * The keys of a workload: with its cluster's id, for spans that carry one, and
 * without.
 */
export function keysOf(workload: Workload): string[] {
  const { labels, name, namespace, clusterId } = workload;
  const canonical = canonicalServiceOf(labels, name);
  const names = {
    namespace,
    name,
    canonicalName: canonical.name,
    canonicalRevision: canonical.revision,
  };
  return [
    ...nodeKeys(names, clusterId ?? UNKNOWN_CLUSTER),
    ...nodeKeys(names, ''),
    ...[clusterId ?? UNKNOWN_CLUSTER, ''].map(
      cluster => `workload ${cluster}/${namespace} ${name}`,
    ),
  ];
}

/** The keys of a node, from the surest to the least sure. */
export function keysOfNode({
  workload,
  name,
}: Pick<DependencyNode, 'workload' | 'name'>): string[] {
  if (!workload) {
    return [serviceKey(name)];
  }
  return workload.clusterId
    ? nodeKeys(workload).concat(nodeKeys(workload, UNKNOWN_CLUSTER))
    : nodeKeys(workload);
}
