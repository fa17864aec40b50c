import type { ControllerFacts, OwnerFacts, PodFacts } from './describePod';

/** Finds a controller that was read. */
export type FindController = (
  namespace: string,
  owner: OwnerFacts,
) => ControllerFacts | undefined;

/**
 * Kinds that are parts of another workload. A StatefulSet or DaemonSet that an
 * operator's resource owns is none: it stays itself, as for Istio, which asks
 * for no owner above it; so does every controller that Kubernetes does not ship.
 */
const PARTS = new Set(['ReplicaSet', 'ReplicationController', 'Job']);

/**
 * Who a pod is: the object that istiod names its workload after. Where the
 * object between was not read, its name tells, by the rules of Istio's
 * `GetDeployMetaFromPod`.
 */
export function ownerOf(pod: PodFacts, find: FindController): OwnerFacts {
  const { owner, namespace, labels } = pod;
  if (!owner) {
    return { kind: 'Pod', name: pod.name };
  }
  if (!PARTS.has(owner.kind)) {
    return owner;
  }
  return find(namespace, owner)?.owner ?? ownerByName(owner, labels) ?? owner;
}

function ownerByName(
  owner: OwnerFacts,
  labels: Record<string, string>,
): OwnerFacts | undefined {
  switch (owner.kind) {
    case 'ReplicaSet':
      return (
        withoutHash(owner.name, 'Deployment', labels['pod-template-hash']) ??
        withoutHash(owner.name, 'Rollout', labels['rollouts-pod-template-hash'])
      );
    case 'ReplicationController':
      return labels.deploymentconfig
        ? { kind: 'DeploymentConfig', name: labels.deploymentconfig }
        : undefined;
    default: {
      const minutes = /-\d{8,10}$/.exec(owner.name);
      return minutes && minutes.index > 0
        ? { kind: 'CronJob', name: owner.name.slice(0, minutes.index) }
        : undefined;
    }
  }
}

function withoutHash(
  name: string,
  kind: string,
  hash: string | undefined,
): OwnerFacts | undefined {
  return hash && name.endsWith(`-${hash}`)
    ? { kind, name: name.slice(0, -hash.length - 1) }
    : undefined;
}
