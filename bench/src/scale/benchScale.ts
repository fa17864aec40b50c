import type { BenchRow } from '../BenchRow';
import { measureMesh } from './measureMesh';
import { measureReplicas } from './measureReplicas';
import { postgresDatabase, type ReplicaDatabase } from './ReplicaDatabase';
import { FULL_SIZE, type ScaleSize } from './ScaleSize';
import { startApiServer } from './startApiServer';

/** A smaller mesh for each of many replicas, which all run in this process. */
function sharedSize(size: ScaleSize): ScaleSize {
  return {
    ...size,
    workloads: Math.ceil(size.workloads / 20),
    telemetries: Math.ceil(size.telemetries / 10),
  };
}

/** Measures a large mesh, and many replicas of the portal on a smaller one. */
export async function benchScale(
  size: ScaleSize = FULL_SIZE,
  startDatabase: () => Promise<ReplicaDatabase> = postgresDatabase,
): Promise<BenchRow[]> {
  const large = await startApiServer(size);
  const rows = await measureMesh(size, large).finally(() => large.stop());
  const shared = sharedSize(size);
  const small = await startApiServer(shared);
  try {
    const database = await startDatabase();
    return [
      ...rows,
      ...(await measureReplicas(shared, small, database).finally(() =>
        database.stop(),
      )),
    ];
  } finally {
    await small.stop();
  }
}
