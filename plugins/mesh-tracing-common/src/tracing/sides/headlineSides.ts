import type {
  EffectiveTracing,
  EffectiveTracingSide,
  TracingSide,
} from '../model/EffectiveTracing';
import { sameValue } from './sameValue';
import { SIDE_FIELDS } from './sideFields';

/** A side that speaks for a workload. @public */
export interface HeadlineSide {
  side: TracingSide;
  tracing: EffectiveTracingSide;
}

/**
 * What to show as "the" tracing of a workload: one side where one is enough (a
 * gateway's client side, a waypoint's server side, a sidecar's server side if
 * its client side agrees in every value), else both.
 * @public
 */
export function headlineSides(effective: EffectiveTracing): HeadlineSide[] {
  const { client, server } = effective;
  if (client && server && !agree(client, server)) {
    return [
      { side: 'client', tracing: client },
      { side: 'server', tracing: server },
    ];
  }
  if (server) return [{ side: 'server', tracing: server }];
  return client ? [{ side: 'client', tracing: client }] : [];
}

function agree(a: EffectiveTracingSide, b: EffectiveTracingSide): boolean {
  return SIDE_FIELDS.every(field => sameValue(a[field].value, b[field].value));
}
