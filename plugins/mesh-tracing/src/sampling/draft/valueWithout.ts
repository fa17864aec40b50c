import type {
  OverrideScope,
  OverrideView,
  Sourced,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';

/** Overrides of a workload that reach less far than a scope. */
export function narrowerThan(
  { override, wideOverrides = [] }: WorkloadTracing,
  scope: OverrideScope,
): Array<OverrideView | null> {
  switch (scope) {
    case 'workload':
      return [];
    case 'namespace':
      return [override];
    default:
      return [
        override,
        ...wideOverrides.filter(wide => wide.scope === 'namespace'),
      ];
  }
}

/** What would be in force if some overrides were not there. */
export function valueWithout<T>(
  { value, source, shadowed }: Sourced<T>,
  overrides: OverrideView[],
): T {
  const left = [{ value, source }, ...shadowed].find(
    other =>
      !overrides.some(
        ({ namespace, name }) =>
          other.source.kind === 'telemetry' &&
          other.source.namespace === namespace &&
          other.source.name === name,
      ),
  );
  return left ? left.value : value;
}
