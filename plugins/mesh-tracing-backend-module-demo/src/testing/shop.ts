import type {
  Telemetry,
  TelemetrySpec,
  Trace,
} from 'backstage-plugin-mesh-tracing-common';
import { createEmbeddedMesh, type EmbeddedMesh } from '../createEmbeddedMesh';
import { ManualClock } from './ManualClock';

/** The embedded mesh on a clock that the test turns. */
export async function startShop(
  options: { seed?: number; historyMs?: number; capacity?: number } = {},
): Promise<{ mesh: EmbeddedMesh; clock: ManualClock }> {
  const clock = new ManualClock();
  const { seed = 7, historyMs = 0 } = options;
  const mesh = createEmbeddedMesh({ ...options, clock, seed, historyMs });
  await mesh.start();
  return { mesh, clock };
}

/** Every trace of some services that started since a time. */
export async function tracesSince(
  { mesh, clock }: { mesh: EmbeddedMesh; clock: ManualClock },
  startTimeMs: number,
  services: string[],
): Promise<Trace[]> {
  const { traces } = await mesh.store.search({
    services,
    startTimeMs,
    endTimeMs: clock.nowMs(),
    limit: 100_000,
  });
  const full = await Promise.all(
    traces.map(({ traceId }) => mesh.store.trace(traceId)),
  );
  return full.filter(trace => trace !== undefined);
}

/** A Telemetry as a portal would write it. */
export function telemetry(
  namespace: string,
  name: string,
  spec: TelemetrySpec,
): Telemetry {
  return {
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: { namespace, name },
    spec,
  };
}
