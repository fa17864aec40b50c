import {
  findNamespaceWideRival,
  isOverrideOf,
  isPortalOwned,
  overrideName,
  overrideTarget,
  wideOverrideName,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  OverrideScope,
  Telemetry,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshCluster,
  MeshSnapshot,
} from 'backstage-plugin-mesh-tracing-node';
import type { ReadObject } from '../model/PlannedOverride';

/** Where the override of a workload, or of its namespace or mesh, stands. */
export function overrideKey(
  snapshot: MeshSnapshot,
  workload: Workload,
  scope: OverrideScope,
): { namespace: string; name: string } {
  const { inputs, workloads } = snapshot;
  return {
    namespace: overrideTarget(scope, workload, inputs.meshConfig).namespace,
    name:
      scope === 'workload'
        ? overrideName(workload, workloads, inputs.telemetries)
        : wideOverrideName(scope),
  };
}

/** Whether an object of the override's name is the portal's, and of that workload. */
export function isOverrideOfScope(
  object: Telemetry,
  workload: Workload,
  scope: OverrideScope,
): boolean {
  return scope === 'workload'
    ? isOverrideOf(object, workload)
    : isPortalOwned(object) && object.metadata.name === wideOverrideName(scope);
}

/**
 * Reads the object that holds, or would hold, an override. Where the API server
 * is away, the watched view stands in.
 */
export async function readOverrideObject(
  cluster: MeshCluster,
  snapshot: MeshSnapshot,
  workload: Workload,
  scope: OverrideScope,
  signal?: AbortSignal,
): Promise<ReadObject> {
  const key = overrideKey(snapshot, workload, scope);
  const isIt = (telemetry: Telemetry) =>
    telemetry.metadata.namespace === key.namespace &&
    telemetry.metadata.name === key.name;
  let object: Telemetry | undefined;
  let unreadable: Error | undefined;
  try {
    object = await cluster.getTelemetry(key.namespace, key.name, {
      signal,
    });
  } catch (error) {
    signal?.throwIfAborted();
    object = snapshot.inputs.telemetries.find(isIt);
    unreadable = error instanceof Error ? error : new Error(String(error));
  }
  const isOurs = object && isOverrideOfScope(object, workload, scope);
  const inputs = {
    ...snapshot.inputs,
    telemetries: [
      ...snapshot.inputs.telemetries.filter(other => !isIt(other)),
      ...(object ? [object] : []),
    ],
  };
  return {
    inputs,
    current: isOurs ? object : undefined,
    occupant: isOurs ? undefined : object,
    rival:
      scope === 'workload' ? undefined : findNamespaceWideRival(inputs, key),
    unreadable,
  };
}
