import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import { overrideConflict } from '../model/overrideConflict';
import type { ChangeRecord } from '../protocol/ChangeRecord';
import { isOvertakenWrite } from '../protocol/writeDecisions';

/**
 * What a person is told of a write that failed: where someone else was faster, what
 * is there now; else the error as it is.
 *
 * @param baseYaml - what the form was based on
 */
export async function conflictAfterWrite(
  error: unknown,
  cluster: MeshCluster,
  { entityRef, telemetryName, workload }: ChangeRecord,
  baseYaml?: string,
): Promise<unknown> {
  if (!isOvertakenWrite(error)) {
    return error;
  }
  const current = await cluster
    .getTelemetry(workload.namespace, telemetryName)
    .catch(() => undefined);
  return overrideConflict(
    'Someone else changed the override at the same time',
    entityRef,
    { current, baseYaml },
  );
}
