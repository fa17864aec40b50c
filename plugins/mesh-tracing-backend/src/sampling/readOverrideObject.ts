import {
  isOverrideOf,
  overrideName,
} from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry, Workload } from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshCluster,
  MeshSnapshot,
} from 'backstage-plugin-mesh-tracing-node';
import type { ReadObject } from './PlannedOverride';

/**
 * Reads the object that holds, or would hold, a workload's override. Where the
 * API server is away, the watched view stands in.
 */
export async function readOverrideObject(
  cluster: MeshCluster,
  snapshot: MeshSnapshot,
  workload: Workload,
): Promise<ReadObject> {
  const { namespace } = workload;
  const name = overrideName(
    workload,
    snapshot.workloads,
    snapshot.inputs.telemetries,
  );
  const isIt = (telemetry: Telemetry) =>
    telemetry.metadata.namespace === namespace &&
    telemetry.metadata.name === name;
  let object: Telemetry | undefined;
  let unreadable: Error | undefined;
  try {
    object = await cluster.getTelemetry(namespace, name);
  } catch (error) {
    object = snapshot.inputs.telemetries.find(isIt);
    unreadable = error instanceof Error ? error : new Error(String(error));
  }
  const isOurs = object && isOverrideOf(object, workload);
  return {
    inputs: {
      ...snapshot.inputs,
      telemetries: [
        ...snapshot.inputs.telemetries.filter(other => !isIt(other)),
        ...(object ? [object] : []),
      ],
    },
    current: isOurs ? object : undefined,
    occupant: isOurs ? undefined : object,
    unreadable,
  };
}
