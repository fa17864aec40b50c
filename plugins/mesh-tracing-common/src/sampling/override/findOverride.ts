import {
  MANAGED_BY_LABEL,
  MANAGED_BY_VALUE,
  OVERRIDE_ANNOTATIONS,
} from '../../shared/annotations';
import type { Telemetry } from '../../tracing';
import type { WorkloadRef } from '../../workloads';
import { scopeOfOverride, wideTargetOf } from './overrideScope';

/** Prefix of the names of the portal's objects. */
export const OVERRIDE_NAME_PREFIX = 'mesh-tracing.';

/** Whether the portal claims a Telemetry as its own. @public */
export function isPortalOwned(telemetry: Telemetry): boolean {
  return telemetry.metadata.labels?.[MANAGED_BY_LABEL] === MANAGED_BY_VALUE;
}

/** Value of the annotation that names an override's workload: `Kind/name`. */
export function workloadAnnotation(workload: {
  kind: string;
  name: string;
}): string {
  return `${workload.kind}/${workload.name}`;
}

/**
 * What a portal-owned object is for: the namespace or the mesh where its name
 * says so, else the workload that its annotation names, or one guessed from its
 * name when the annotation was removed.
 * @public
 */
export function workloadOfOverride(telemetry: Telemetry): {
  kind: string;
  name: string;
} {
  const wide = wideTargetOf(telemetry);
  if (wide) {
    return wide;
  }
  const value =
    telemetry.metadata.annotations?.[OVERRIDE_ANNOTATIONS.workload] ?? '';
  const slash = value.indexOf('/');
  if (slash > 0 && slash < value.length - 1) {
    return { kind: value.slice(0, slash), name: value.slice(slash + 1) };
  }
  const { name } = telemetry.metadata;
  return {
    kind: 'Deployment',
    name: name.startsWith(OVERRIDE_NAME_PREFIX)
      ? name.slice(OVERRIDE_NAME_PREFIX.length)
      : name,
  };
}

/** Whether a Telemetry is the portal's override of that workload. @public */
export function isOverrideOf(
  telemetry: Telemetry,
  workload: Pick<WorkloadRef, 'namespace' | 'kind' | 'name'>,
): boolean {
  const { metadata } = telemetry;
  if (
    !isPortalOwned(telemetry) ||
    metadata.namespace !== workload.namespace ||
    scopeOfOverride(telemetry) !== 'workload'
  ) {
    return false;
  }
  const annotated = metadata.annotations?.[OVERRIDE_ANNOTATIONS.workload];
  return annotated === undefined
    ? metadata.name === `${OVERRIDE_NAME_PREFIX}${workload.name}`
    : annotated === workloadAnnotation(workload);
}

/** The portal's override of a workload among the Telemetries of its cluster. @public */
export function findOverride(
  telemetries: readonly Telemetry[],
  workload: Pick<WorkloadRef, 'namespace' | 'kind' | 'name'>,
): Telemetry | undefined {
  return telemetries.find(telemetry => isOverrideOf(telemetry, workload));
}
