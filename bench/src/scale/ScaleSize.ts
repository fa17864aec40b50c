/** How large the simulated mesh is, all clusters together. */
export interface ScaleSize {
  clusters: number;
  namespaces: number;
  workloads: number;
  podsPerWorkload: number;
  telemetries: number;
  /** Entities of `/owned`, the smaller number first. */
  owned: [number, number];
  /** Replicas of the portal on one database. */
  replicas: number;
  /** Changes that the replicas make, each tried by several at once. */
  changes: number;
}

/** What the limits are for. */
export const FULL_SIZE: ScaleSize = {
  clusters: 3,
  namespaces: 500,
  workloads: 20_000,
  podsPerWorkload: 5,
  telemetries: 5_000,
  owned: [500, 5_000],
  replicas: 10,
  changes: 20,
};

/** Tries the program itself; its figures say nothing. */
export const SMALL_SIZE: ScaleSize = {
  clusters: 3,
  namespaces: 9,
  workloads: 90,
  podsPerWorkload: 2,
  telemetries: 30,
  owned: [5, 50],
  replicas: 2,
  changes: 2,
};

/** Names of the namespaces of one cluster. */
export function namespacesOf(
  { namespaces, clusters }: ScaleSize,
  cluster: number,
): number[] {
  return Array.from({ length: namespaces }, (_, i) => i).filter(
    namespace => namespace % clusters === cluster,
  );
}

/** Numbers of the workloads of one cluster. */
export function workloadsOf(size: ScaleSize, cluster: number): number[] {
  return Array.from({ length: size.workloads }, (_, i) => i).filter(
    workload => (workload % size.namespaces) % size.clusters === cluster,
  );
}

export const clusterName = (cluster: number) => `cluster-${cluster}`;
export const namespaceName = (namespace: number) => `team-${namespace}`;
export const workloadName = (workload: number) => `app-${workload}`;
