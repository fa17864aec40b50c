import type {
  OverrideScope,
  SamplingAbility,
} from 'backstage-plugin-mesh-tracing-common';

/** Whether the user may change overrides of a scope. */
export function mayChange(
  { allowed, scopes = [] }: Pick<SamplingAbility, 'allowed' | 'scopes'>,
  scope: OverrideScope,
): boolean {
  return scope === 'workload'
    ? allowed
    : scopes.some(wide => wide.scope === scope && wide.allowed);
}

/** Whether the user may change more than one workload at once. */
export function mayReachFurther({
  scopes = [],
}: Pick<SamplingAbility, 'scopes'>): boolean {
  return scopes.some(({ scope, allowed }) => allowed && scope !== 'workload');
}
