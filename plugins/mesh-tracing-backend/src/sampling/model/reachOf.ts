import {
  isSameWorkload,
  proxiesOf,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  OverrideScope,
  Reach,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../../shared/EntityContext';
import type { PlannedOverride } from './PlannedOverride';
import type { TracingChange } from './simulateOverride';
import type { WorkloadOwners } from '../../workloads';

/** Kinds whose names change by themselves. */
const SHORT_LIVED = new Set(['Job', 'Pod']);

/** Workloads that a change may reach, the one that the request names included. */
export function withinReach(
  { workloads }: MeshSnapshot,
  workload: Workload,
  scope: OverrideScope,
): Workload[] {
  switch (scope) {
    case 'workload':
      return workloads.filter(other =>
        namespacesOf(other).includes(workload.namespace),
      );
    case 'namespace':
      return workloads.filter(
        other =>
          other === workload ||
          (isTraced(other) && namespacesOf(other).includes(workload.namespace)),
      );
    default:
      return workloads.filter(other => other === workload || isTraced(other));
  }
}

/**
 * Whether a Telemetry can change anything about it: it has a proxy, or a waypoint
 * before it.
 */
export function isTraced(workload: Workload): boolean {
  return proxiesOf(workload).length > 0;
}

/** Namespaces whose Telemetries count for a workload: its own, its waypoints'. */
function namespacesOf(workload: Workload): string[] {
  return [workload, ...proxiesOf(workload)].map(({ namespace }) => namespace);
}

/** The workload itself, then those that change, of a wide change then the rest. */
export function inOrder(
  target: TracingChange,
  simulated: readonly TracingChange[],
  options: { scope: OverrideScope; matched: readonly Workload[] },
): TracingChange[] {
  const others = simulated.filter(
    ({ workload }) => !isSameWorkload(workload, target.workload),
  );
  const isTouched = ({ changedFields, workload }: TracingChange) =>
    changedFields.length > 0 ||
    options.matched.some(other => isSameWorkload(other, workload));
  const rest =
    options.scope === 'workload'
      ? []
      : others.filter(change => !isTouched(change));
  return [target, ...others.filter(isTouched), ...rest];
}

/** What a change would make trace differently. */
export function changedWorkloads(
  changes: readonly TracingChange[],
): Workload[] {
  return changes
    .filter(({ changedFields }) => changedFields.length > 0)
    .map(({ workload }) => workload);
}

/** All that a change concerns: the workload that the request names first. */
export function touchedWorkloads({
  scope,
  workload,
  plan,
  changes,
}: Pick<
  PlannedOverride,
  'changes' | 'plan' | 'scope' | 'workload'
>): Workload[] {
  const others =
    scope === 'workload' ? plan.otherWorkloads : changedWorkloads(changes);
  return [
    workload,
    ...others.filter(other => !isSameWorkload(other, workload)),
  ];
}

/**
 * The workloads that a confirmation stands for, besides the one that the request
 * names: of a wide change those that would change and that last.
 */
export function confirmedWorkloads({
  changes,
  plan,
  scope,
}: Pick<PlannedOverride, 'changes' | 'plan' | 'scope'>): Workload[] {
  return scope === 'workload'
    ? plan.otherWorkloads
    : changedWorkloads(changes).filter(({ kind }) => !SHORT_LIVED.has(kind));
}

/** Of a wide change: how many workloads of how many owners it changes. */
export async function reachOf(
  context: EntityContext,
  { changes, scope }: PlannedOverride,
  owners: WorkloadOwners | undefined,
): Promise<Reach | undefined> {
  if (scope === 'workload') {
    return undefined;
  }
  const changed = changedWorkloads(changes);
  const ownersOf = await owners?.owners(context);
  const found = changed.map(workload => ownersOf?.(workload) ?? []);
  return {
    workloads: changes.filter(({ workload }) => isTraced(workload)).length,
    changed: changed.length,
    namespaces: sorted(changed.map(({ namespace }) => namespace)),
    owners: sorted(found.flat()),
    unowned: found.filter(refs => refs.length === 0).length,
  };
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
