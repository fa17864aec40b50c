import {
  OVERRIDE_ANNOTATIONS,
  workloadOfOverride,
} from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type { ChangeRecord, ObjectKey, OverrideState } from './SamplingStore';
import { changeIdOf, specYaml, telemetryContent } from './telemetryContent';

/** The claim of whoever records the end of one object: once over all replicas. */
export function removalKey(key: ObjectKey & { uid: string }): string {
  return `removal|${key.cluster}|${key.namespace}|${key.uid}`;
}

/** An object as the portal remembers it. */
export function stateOf(
  cluster: string,
  telemetry: Telemetry,
  record: Pick<ChangeRecord, 'entityRef'> | undefined,
  nowMs: number,
): OverrideState {
  const { metadata } = telemetry;
  return {
    cluster,
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    changeId: changeIdOf(telemetry),
    content: telemetryContent(telemetry),
    spec: specYaml(telemetry),
    entityRef:
      metadata.annotations?.[OVERRIDE_ANNOTATIONS.entity] ??
      record?.entityRef ??
      '',
    workload: workloadOfOverride(telemetry),
    recordedAtMs: nowMs,
  };
}
