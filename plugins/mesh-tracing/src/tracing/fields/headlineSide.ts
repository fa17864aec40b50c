import type {
  EffectiveTracing,
  EffectiveTracingSide,
} from 'backstage-plugin-mesh-tracing-common';

/**
 * The side that speaks for a workload where there is room for one alone: that of
 * the requests that arrive, or the only one there is.
 */
export function headlineSide({
  client,
  server,
}: EffectiveTracing): EffectiveTracingSide | undefined {
  return server ?? client;
}
