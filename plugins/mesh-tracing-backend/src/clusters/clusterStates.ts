import type { ClusterState } from 'backstage-plugin-mesh-tracing-common';
import type { MeshClusters } from './MeshClusters';
import { sanitizeMessage } from '../shared/sanitizeMessage';

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
