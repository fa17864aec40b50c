import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';

/** An object as it is sent to the API server, which wants to know what it is. */
export function asPosted(telemetry: Telemetry): Telemetry {
  return {
    ...telemetry,
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
  };
}
