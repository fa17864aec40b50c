import type {
  EffectiveTracing,
  EffectiveTracingSide,
} from 'backstage-plugin-mesh-tracing-common';

/**
 * The side that decides about requests from outside of the mesh: the outbound
 * one of gateways, the inbound one of all others.
 */
export function decidingSide(
  tracing: EffectiveTracing,
): EffectiveTracingSide | undefined {
  return tracing.server ?? tracing.client;
}
