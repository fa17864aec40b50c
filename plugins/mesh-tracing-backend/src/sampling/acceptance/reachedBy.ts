import {
  proxiesOf,
  scopeOfOverride,
  workloadOfOverride,
} from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry, Workload } from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';

/** Workloads that are asked about for one override of a namespace or the mesh. */
const MAX_WORKLOADS = 200;

/** Workloads with proxies that are sent what an override says. */
export function reachedBy(
  telemetry: Telemetry,
  { workloads }: MeshSnapshot,
): Workload[] {
  const scope = scopeOfOverride(telemetry);
  const target = workloadOfOverride(telemetry);
  const reached = workloads
    .filter(
      ({ kind, name, namespace }) =>
        (scope === 'mesh' || namespace === telemetry.metadata.namespace) &&
        (scope !== 'workload' ||
          (kind === target.kind && name === target.name)),
    )
    .flatMap(proxiesOf)
    .filter(({ pods }) => pods.length > 0);
  return [...new Set(reached)].slice(0, MAX_WORKLOADS);
}
