import type {
  OverrideView,
  Sourced,
} from 'backstage-plugin-mesh-tracing-common';

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
