import { compareText } from '../../shared/compareText';
import type { TelemetryReading } from '../telemetry/readTelemetry';

/**
 * Istio's order of application: oldest first, then by name, then by namespace
 * (Istio: sortConfigByCreationTime). Objects that are equal in all three cannot
 * come from one API server; they are told apart by content, so that the order
 * never depends on the order of arrival.
 */
export function compareTelemetries(
  a: TelemetryReading,
  b: TelemetryReading,
): number {
  if (a.createdMs !== b.createdMs) return a.createdMs < b.createdMs ? -1 : 1;
  return (
    compareText(a.name, b.name) ||
    compareText(a.namespace, b.namespace) ||
    compareText(contentOf(a), contentOf(b))
  );
}

function contentOf(reading: TelemetryReading): string {
  const entries = reading.entries.map(entry => ({ ...entry, sources: null }));
  return JSON.stringify({ ...reading, entries, ignored: null });
}
