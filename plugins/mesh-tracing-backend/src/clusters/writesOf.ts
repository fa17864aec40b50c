import { NotAllowedError } from '@backstage/errors';
import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import { withErrorDetails } from '../shared/errorDetails';

type Write = 'createTelemetry' | 'replaceTelemetry' | 'deleteTelemetry';

/** A cluster whose Telemetries can be written. */
export type WritableCluster = MeshCluster & Required<Pick<MeshCluster, Write>>;

/**
 * The cluster as one that can be written; all three writes must be there, since an
 * override that can be created must also be removable.
 *
 * @throws NotAllowedError for a cluster that a module added for reading only
 */
export function writesOf(cluster: MeshCluster): WritableCluster {
  if (!isWritable(cluster)) {
    throw withErrorDetails(
      new NotAllowedError(
        `Cluster '${cluster.name}' is read only here: whoever added it left out how to write Telemetries`,
      ),
      {
        system: 'cluster',
        systemName: cluster.name,
        whatToDo:
          'Change the Telemetry in the cluster itself, or ask your platform team for a connection that may write.',
      },
    );
  }
  return cluster;
}

function isWritable(cluster: MeshCluster): cluster is WritableCluster {
  return Boolean(
    cluster.createTelemetry &&
      cluster.replaceTelemetry &&
      cluster.deleteTelemetry,
  );
}
