import {
  OVERRIDE_ANNOTATIONS,
  workloadOfOverride,
} from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type { ChangeRecord, OverrideState } from './ChangeRecord';
import {
  changeIdOf,
  specYaml,
  telemetryContent,
} from '../model/telemetryContent';

/** Of an RFC 3339 time, with digits to spare. */
const MAX_TIME_LENGTH = 64;
/** Lengths of the database's columns. */
const MAX_KIND = 63;
const MAX_NAME = 253;

/**
 * An annotation as the database takes it. Anyone with access to the cluster can
 * edit it, and PostgreSQL refuses NUL characters and what is too long.
 */
export function storable(value: string, maxLength?: number): string {
  return value.replaceAll('\0', '').slice(0, maxLength);
}

/** What an override is for, as the database takes it. */
export function storableTarget(telemetry: Telemetry): {
  kind: string;
  name: string;
} {
  const { kind, name } = workloadOfOverride(telemetry);
  return { kind: storable(kind, MAX_KIND), name: storable(name, MAX_NAME) };
}

/** The end that stands on an object; undefined = none, or not a date. */
export function endOf(telemetry: Telemetry): Date | undefined {
  const value =
    telemetry.metadata.annotations?.[OVERRIDE_ANNOTATIONS.expiresAt];
  const end = new Date(value && value.length <= MAX_TIME_LENGTH ? value : '');
  return Number.isNaN(end.getTime()) ? undefined : end;
}

/** Whether the end that stands on an object has passed. */
export function hasEnded(telemetry: Telemetry, now: Date): boolean {
  const end = endOf(telemetry);
  return end !== undefined && end.getTime() <= now.getTime();
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
    entityRef: storable(
      metadata.annotations?.[OVERRIDE_ANNOTATIONS.entity] ??
        record?.entityRef ??
        '',
    ),
    workload: storableTarget(telemetry),
    recordedAtMs: nowMs,
  };
}
