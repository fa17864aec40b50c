import type { Telemetry } from '../telemetry/Telemetry';

const NEWEST_TIMESTAMP = '9999-12-31T23:59:59Z';

/** A Telemetry that would be created, replaced or deleted. @public */
export interface TelemetryChange {
  /** Created, or replaces the one of its namespace and name. */
  put?: Telemetry;
  delete?: { namespace: string; name: string };
}

/** The Telemetries after a change. @public */
export function applyChange(
  telemetries: readonly Telemetry[],
  change: TelemetryChange,
): Telemetry[] {
  const gone = [change.delete, change.put?.metadata].filter(
    id => id !== undefined,
  );
  const rest = telemetries.filter(
    telemetry =>
      !gone.some(
        id =>
          telemetry?.metadata?.namespace === id?.namespace &&
          telemetry?.metadata?.name === id?.name,
      ),
  );
  if (!change.put) return rest;
  const replaced = telemetries.find(
    telemetry =>
      telemetry?.metadata?.namespace === change.put?.metadata?.namespace &&
      telemetry?.metadata?.name === change.put?.metadata?.name,
  );
  return [...rest, dated(change.put, replaced)];
}

/**
 * An object that does not exist yet is newer than all others, and one that is
 * replaced keeps its age; without an age it would count as the oldest.
 */
function dated(put: Telemetry, replaced: Telemetry | undefined): Telemetry {
  const creationTimestamp =
    replaced?.metadata.creationTimestamp ??
    put.metadata?.creationTimestamp ??
    (replaced ? undefined : NEWEST_TIMESTAMP);
  if (creationTimestamp === undefined) return put;
  return { ...put, metadata: { ...put.metadata, creationTimestamp } };
}
