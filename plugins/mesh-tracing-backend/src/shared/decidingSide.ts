import type {
  EffectiveTracing,
  EffectiveTracingSide,
} from 'backstage-plugin-mesh-tracing-common';

/**
 * The side of a proxy that speaks for its workload: the one that requests arrive at,
 * where their sampling is decided; of gateways the outbound one, their only one.
 */
export function decidingSide(
  tracing: EffectiveTracing,
): EffectiveTracingSide | undefined {
  return tracing.server ?? tracing.client;
}
