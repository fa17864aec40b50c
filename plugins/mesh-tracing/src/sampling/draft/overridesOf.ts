import type {
  OverrideScope,
  OverrideView,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';

type Overridden = Pick<WorkloadTracing, 'override' | 'wideOverrides'>;

/**
 * Overrides in force: the workload's own first, then those of its namespace and
 * mesh.
 */
export function overridesOf({
  override,
  wideOverrides = [],
}: Overridden): OverrideView[] {
  return override ? [override, ...wideOverrides] : wideOverrides;
}

/** The override of a scope that is in force where a workload is. */
export function overrideOfScope(
  { override, wideOverrides }: Overridden,
  scope: OverrideScope,
): OverrideView | null | undefined {
  return scope === 'workload'
    ? override
    : wideOverrides?.find(wide => wide.scope === scope);
}

/** An override in force, of whatever scope. */
export function overrideOfUid(
  item: Overridden,
  uid: string,
): OverrideView | undefined {
  return overridesOf(item).find(override => override.uid === uid);
}

/** Overrides of a workload that reach less far than a scope. */
export function narrowerThan(
  { override, wideOverrides = [] }: Overridden,
  scope: OverrideScope,
): OverrideView[] {
  const own = overridesOf({ override });
  switch (scope) {
    case 'workload':
      return [];
    case 'namespace':
      return own;
    default:
      return [
        ...own,
        ...wideOverrides.filter(wide => wide.scope === 'namespace'),
      ];
  }
}
