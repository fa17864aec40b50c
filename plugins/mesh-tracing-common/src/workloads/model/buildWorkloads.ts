import { compareText } from '../../shared/compareText';
import type { ControllerFacts, OwnerFacts, PodFacts } from './describePod';
import type { ProxyKind, Workload, WorkloadPod } from './Workload';
import { ownerOf } from './podOwner';

/** What a cluster's workloads are made from. @public */
export interface WorkloadSources {
  cluster: string;
  /** Istio's own id of the cluster; absent = unknown. */
  clusterId?: string;
  /** The pods that run, and those of Jobs that have ended. */
  pods: Iterable<PodFacts>;
  /** Deployments, StatefulSets, DaemonSets, CronJobs, ReplicaSets, in any order. */
  controllers: Iterable<ControllerFacts>;
  /** Namespaces whose pods ztunnel captures unless they say else. */
  ambientNamespaces?: ReadonlySet<string>;
}

/** Labels that a controller adds to tell its pods or their generations apart. */
const GENERATED_LABELS = new Set([
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
  'controller-uid',
  'job-name',
]);

/** Kinds that stand as workloads without pods too. */
const STANDING_KINDS = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
]);

/**
 * The workloads of a cluster: pods grouped by the object at the top of their
 * owner chain, as istiod names them, plus owners that have no pods now.
 * Sorted by namespace, name, kind.
 *
 * @public
 */
export function buildWorkloads(sources: WorkloadSources): Workload[] {
  const controllers = new Map<string, ControllerFacts>();
  for (const controller of sources.controllers) {
    controllers.set(keyOf(controller.namespace, controller), controller);
  }
  const groups = new Map<string, WorkloadGroup>();
  const find = (namespace: string, owner: OwnerFacts) =>
    controllers.get(keyOf(namespace, owner));
  for (const pod of sources.pods) {
    const owner = ownerOf(pod, find);
    groupOf(groups, pod.namespace, owner).pods.push(pod);
  }
  for (const controller of controllers.values()) {
    if (STANDING_KINDS.has(controller.kind)) {
      groupOf(groups, controller.namespace, controller);
    }
  }
  return [...groups.entries()]
    .map(([key, group]) => toWorkload(sources, group, controllers.get(key)))
    .sort(byNamespaceNameKind);
}

interface WorkloadGroup {
  namespace: string;
  owner: OwnerFacts;
  pods: PodFacts[];
}

function keyOf(namespace: string, owner: OwnerFacts): string {
  return `${namespace}/${owner.kind}/${owner.name}`;
}

function groupOf(
  groups: Map<string, WorkloadGroup>,
  namespace: string,
  { kind, name }: OwnerFacts,
): WorkloadGroup {
  const key = keyOf(namespace, { kind, name });
  let group = groups.get(key);
  if (!group) {
    group = { namespace, owner: { kind, name }, pods: [] };
    groups.set(key, group);
  }
  return group;
}

function toWorkload(
  { cluster, clusterId, ambientNamespaces }: WorkloadSources,
  group: WorkloadGroup,
  controller: ControllerFacts | undefined,
): Workload {
  const all = [...group.pods].sort((a, b) => compareText(a.name, b.name));
  const pods = all.filter(({ ended }) => !ended);
  const described = describedBy(pods, all, controller);
  const lead = leadPod(described);
  const version = lowestVersion(pods);
  const sdkServiceNames = [
    ...new Set(described.flatMap(pod => pod.sdkServiceNames ?? [])),
  ];
  return {
    cluster,
    ...(clusterId ? { clusterId } : {}),
    namespace: group.namespace,
    kind: group.owner.kind,
    name: group.owner.name,
    labels: withoutGenerated(shared(described.map(({ labels }) => labels))),
    ownerLabels: controller?.labels ?? {},
    annotations: {
      ...controller?.annotations,
      ...shared(described.map(({ annotations }) => annotations)),
    },
    proxy: lead ? lead.proxy : 'none',
    ...(lead?.proxy === 'none' &&
    described.some(
      ({ ambient }) => ambient ?? ambientNamespaces?.has(group.namespace),
    )
      ? { ambient: true }
      : {}),
    ...(version ? { proxyVersion: version } : {}),
    ...(lead?.proxyConfig ? { proxyConfig: lead.proxyConfig } : {}),
    ...(lead?.revision ? { revision: lead.revision } : {}),
    ...(sdkServiceNames.length ? { sdkServiceNames } : {}),
    pods: pods.map(toWorkloadPod),
  };
}

/**
 * The pods that tell what the workload is like. Between the runs of a Job that is
 * the newest one: the injector adds to pods what no template shows.
 */
function describedBy(
  running: PodFacts[],
  all: PodFacts[],
  controller: ControllerFacts | undefined,
): PodFacts[] {
  if (running.length > 0) {
    return running;
  }
  return [all[all.length - 1] ?? controller?.template].filter(isPresent);
}

/** A pod that speaks for the workload: one with a proxy if any has. */
function leadPod(pods: PodFacts[]): PodFacts | undefined {
  const order: ProxyKind[] = ['waypoint', 'gateway', 'sidecar', 'none'];
  for (const kind of order) {
    const pod = pods.find(({ proxy }) => proxy === kind);
    if (pod) {
      return pod;
    }
  }
  return undefined;
}

function toWorkloadPod(pod: PodFacts): WorkloadPod {
  return {
    name: pod.name,
    labels: pod.labels,
    ready: pod.ready,
    proxy: pod.proxy,
    ...(pod.createdAtMs === undefined ? {} : { createdAtMs: pod.createdAtMs }),
    ...(pod.revision ? { revision: pod.revision } : {}),
    ...(pod.hostNetwork ? { hostNetwork: pod.hostNetwork } : {}),
    ...(pod.inject === undefined ? {} : { inject: pod.inject }),
    ...(pod.ambient === undefined ? {} : { ambient: pod.ambient }),
    ...(pod.proxyVersion ? { proxyVersion: pod.proxyVersion } : {}),
    proxyConfig: pod.proxyConfig,
    proxyEnvironment: pod.proxyEnvironment,
  };
}

/** The entries that all records have, with the same value. */
function shared(records: Record<string, string>[]): Record<string, string> {
  const [first, ...rest] = records;
  if (!first || rest.length === 0) {
    return { ...first };
  }
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) =>
      rest.every(record => record[key] === value),
    ),
  );
}

function withoutGenerated(
  labels: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).filter(([key]) => !GENERATED_LABELS.has(key)),
  );
}

function lowestVersion(pods: PodFacts[]): string | undefined {
  return pods
    .map(({ proxyVersion }) => proxyVersion)
    .filter(isPresent)
    .sort(compareVersions)[0];
}

function compareVersions(a: string, b: string): number {
  const right = b.split('.').map(Number);
  const difference = a
    .split('.')
    .map((part, index) => Number(part) - (right[index] ?? 0))
    .find(part => part !== 0);
  return difference ?? 0;
}

function byNamespaceNameKind(a: Workload, b: Workload): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.name, b.name) ||
    compareText(a.kind, b.kind)
  );
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}
