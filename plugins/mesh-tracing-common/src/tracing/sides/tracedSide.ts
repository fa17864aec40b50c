import type {
  EffectiveTracing,
  SpanReporting,
} from '../model/EffectiveTracing';
import type { HeadlineSide } from './headlineSides';

function sidesOf({ server, client }: EffectiveTracing): HeadlineSide[] {
  return [
    ...(server ? [{ side: 'server' as const, tracing: server }] : []),
    ...(client ? [{ side: 'client' as const, tracing: client }] : []),
  ];
}

/**
 * The side whose one number stands for a workload: the one that receives
 * requests, where their sampling is decided, else the other. Undefined where no
 * span leaves the workload.
 * @public
 */
export function tracedSide(
  effective: EffectiveTracing,
): HeadlineSide | undefined {
  return sidesOf(effective).find(
    ({ tracing }) => tracing.spanReporting === 'reported',
  );
}

/**
 * Whether spans leave a workload, and if they don't, why not: what every view
 * says of it. `no-proxy`: it is not in the mesh.
 * @public
 */
export function spanReporting(
  effective: EffectiveTracing,
): SpanReporting | 'no-proxy' {
  if (tracedSide(effective)) return 'reported';
  return sidesOf(effective)[0]?.tracing.spanReporting ?? 'no-proxy';
}
