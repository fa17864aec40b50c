import {
  headlineSides,
  type EffectiveTracing,
  type EffectiveTracingSide,
} from 'backstage-plugin-mesh-tracing-common';

/**
 * The side whose numbers stand for a workload: the one of the requests that
 * arrive, or the only one there is.
 */
export function mainSide(
  effective: EffectiveTracing,
): EffectiveTracingSide | undefined {
  const sides = headlineSides(effective);
  return (
    sides.find(({ side }) => side === 'server')?.tracing ?? sides[0]?.tracing
  );
}
