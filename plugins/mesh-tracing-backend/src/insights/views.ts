import type {
  ClusterState,
  Workload,
  WorkloadRef,
  WorkloadView,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshClusters } from '../clusters/MeshClusters';
import { sanitizeMessage } from '../shared/sanitizeMessage';

/** The four parts that identify a workload, and nothing else. */
export function toWorkloadRef(ref: WorkloadRef): WorkloadRef {
  return {
    cluster: ref.cluster,
    namespace: ref.namespace,
    kind: ref.kind,
    name: ref.name,
  };
}

/** What of a workload goes to the browser. */
export function toWorkloadView(workload: Workload): WorkloadView {
  return {
    ...toWorkloadRef(workload),
    proxy: workload.proxy,
    proxyVersion: workload.proxyVersion,
    revision: workload.revision,
    labels: workload.labels,
    podCount: workload.pods.length,
    readyPodCount: workload.pods.filter(pod => pod.ready).length,
  };
}

/** How current the data of each cluster is. */
export function clusterStates(clusters: MeshClusters): ClusterState[] {
  return clusters.list().map(cluster => {
    const { state, syncedAtMs, problems } = cluster.snapshot();
    return {
      name: cluster.name,
      state,
      syncedAtMs,
      simulated: cluster.simulated ?? false,
      problems: problems.map(({ what, message, whatToDo }) => ({
        what,
        message: sanitizeMessage(message),
        whatToDo,
      })),
    };
  });
}
