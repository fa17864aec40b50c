import type {
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';

/** What the caller may do with one workload: less where others stand for it. */
export function abilityFor(
  ability: SamplingAbility,
  { binding }: Pick<WorkloadTracing, 'binding'>,
): SamplingAbility {
  if (!ability.allowed || !binding) {
    return ability;
  }
  const { allowed, onBehalfOf, reason } = binding.change;
  return { ...ability, allowed, reason, onBehalfOf };
}
