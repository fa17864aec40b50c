import type {
  EffectiveTracing,
  EffectiveTracingSide,
} from '../model/EffectiveTracing';

/**
 * The side of a proxy that speaks for its workload where there is room for one
 * alone: the one that requests arrive at, where their sampling is decided; of
 * gateways the outbound one, their only one.
 * @public
 */
export function decidingSide({
  server,
  client,
}: EffectiveTracing): EffectiveTracingSide | undefined {
  return server ?? client;
}
