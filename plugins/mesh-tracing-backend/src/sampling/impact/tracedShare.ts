import { decidingSide } from 'backstage-plugin-mesh-tracing-common';
import type { EffectiveTracing } from 'backstage-plugin-mesh-tracing-common';

/** Share of the requests that begin at a workload and are traced, 0 to 1. */
export function tracedShare(tracing: EffectiveTracing): number {
  const side = decidingSide(tracing);
  return side?.spanReporting === 'reported' ? side.samplingParts / 10_000 : 0;
}
