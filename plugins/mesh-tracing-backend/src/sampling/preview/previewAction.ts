import { OVERRIDE_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';
import type {
  PreviewResponse,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import { telemetryContent } from '../model/telemetryContent';

/** What applying would do. Who would do it makes no difference by itself. */
export function previewAction(
  wanted: Telemetry,
  current: Telemetry | undefined,
): PreviewResponse['action'] {
  if (!current) {
    return 'create';
  }
  return telemetryContent(anonymous(wanted)) ===
    telemetryContent(anonymous(current))
    ? 'none'
    : 'update';
}

/** Whether only the end moves to a later time. */
export function isExtension(
  wanted: Telemetry,
  current: Telemetry | undefined,
): boolean {
  const end = (telemetry: Telemetry) =>
    telemetry.metadata.annotations?.[OVERRIDE_ANNOTATIONS.expiresAt] ?? '';
  return (
    current !== undefined &&
    end(current) !== '' &&
    Date.parse(end(wanted)) > Date.parse(end(current)) &&
    telemetryContent(endless(wanted)) === telemetryContent(endless(current))
  );
}

function anonymous(telemetry: Telemetry): Telemetry {
  return without(telemetry, [OVERRIDE_ANNOTATIONS.changedBy]);
}

function endless(telemetry: Telemetry): Telemetry {
  return without(telemetry, [
    OVERRIDE_ANNOTATIONS.changedBy,
    OVERRIDE_ANNOTATIONS.expiresAt,
    OVERRIDE_ANNOTATIONS.reason,
    OVERRIDE_ANNOTATIONS.entity,
  ]);
}

function without(telemetry: Telemetry, keys: string[]): Telemetry {
  const annotations = Object.fromEntries(
    Object.entries(telemetry.metadata.annotations ?? {}).filter(
      ([key]) => !keys.includes(key),
    ),
  );
  return { ...telemetry, metadata: { ...telemetry.metadata, annotations } };
}
