import {
  canonicalServiceOf,
  type CanonicalService,
  type TraceSubject,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';

/** What Istio calls a workload's service in spans. */
export function canonicalNameOf(workload: Workload): string {
  return canonicalServiceOf(workload.labels, workload.name).name;
}

type Mesh = Pick<MeshSnapshot, 'cluster' | 'workloads'>;

/**
 * The workloads as the traces know them. During a rollout pods of one workload
 * may differ in what the mesh calls them; each such name is the workload's.
 *
 * @param meshes - all workloads, by cluster: those that the mesh calls the same
 *   are told apart by their pods
 */
export function traceSubjectOf(
  workloads: Workload[],
  services: string[],
  meshes: Mesh[] = [],
): TraceSubject {
  const own = new Set(workloads);
  const namesakesOf = (workload: Workload, name: string) =>
    meshes.map(({ cluster, workloads: all }) => ({
      cluster,
      others: (
        namesakes(all).get(keyOf(workload.namespace, name)) ?? []
      ).filter(other => !own.has(other)),
    }));
  let namesShared = false;
  const identities = workloads.flatMap(workload => {
    const { cluster, clusterId, namespace, name } = workload;
    return canonicalServicesOf(workload).map(canonical => {
      const found = namesakesOf(workload, canonical.name);
      namesShared ||= found.some(
        mesh => mesh.cluster !== cluster && mesh.others.length > 0,
      );
      const siblings = found
        .filter(mesh => mesh.cluster === cluster)
        .flatMap(({ others }) => others)
        .filter(other => hasService(other, canonical))
        .map(other => ({ name: other.name, pods: podNames(other) }));
      return {
        ...(clusterId ? { clusterId } : {}),
        namespace,
        name,
        canonicalName: canonical.name,
        canonicalRevision: canonical.revision,
        pods: podNames(workload),
        ...(siblings.length > 0 ? { siblings } : {}),
      };
    });
  });
  return {
    services,
    workloads: identities,
    ...(namesShared ? { namesShared } : {}),
  };
}

const known = new WeakMap<Workload[], Map<string, Workload[]>>();

/** Workloads by canonical service; made once for each state of a cluster. */
function namesakes(workloads: Workload[]): Map<string, Workload[]> {
  let index = known.get(workloads);
  if (!index) {
    index = new Map();
    for (const workload of workloads) {
      const names = canonicalServicesOf(workload).map(({ name }) => name);
      for (const name of new Set(names)) {
        const key = keyOf(workload.namespace, name);
        const others = index.get(key);
        if (others) {
          others.push(workload);
        } else {
          index.set(key, [workload]);
        }
      }
    }
    known.set(workloads, index);
  }
  return index;
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function hasService(workload: Workload, wanted: CanonicalService): boolean {
  return canonicalServicesOf(workload).some(
    ({ name, revision }) =>
      name === wanted.name && revision === wanted.revision,
  );
}

/** What the mesh calls a workload's pods, each once; without pods, by its labels. */
function canonicalServicesOf(workload: Workload): CanonicalService[] {
  const { name, labels, pods } = workload;
  const found = new Map<string, CanonicalService>();
  for (const own of pods.length > 0 ? pods : [{ labels }]) {
    const canonical = canonicalServiceOf(own.labels, name);
    found.set(keyOf(canonical.name, canonical.revision), canonical);
  }
  return [...found.values()];
}

function podNames({ pods }: Workload): string[] {
  return pods.map(({ name }) => name);
}
