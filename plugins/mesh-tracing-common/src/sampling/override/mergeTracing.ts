import type { Telemetry, TelemetryTracing } from '../../tracing';

/**
 * A Telemetry with a change in it. An entry for both sides takes the fields over;
 * where there are several, or one for a single side, another entry follows them,
 * and later entries win field by field (Istio: telemetry.go).
 * @public
 */
export function mergeTracing(
  telemetry: Telemetry,
  change: TelemetryTracing,
): Telemetry {
  const entries = (telemetry.spec?.tracing ?? []).filter(
    (entry): entry is TelemetryTracing => entry !== null,
  );
  const [only] = entries;
  const isForBoth =
    entries.length === 1 &&
    (only?.match?.mode ?? 'CLIENT_AND_SERVER') === 'CLIENT_AND_SERVER';
  return {
    ...telemetry,
    spec: {
      ...telemetry.spec,
      tracing: isForBoth ? [{ ...only, ...change }] : [...entries, change],
    },
  };
}
