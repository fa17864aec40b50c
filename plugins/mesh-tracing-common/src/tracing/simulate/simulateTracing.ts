import { proxiesOf, type Workload } from '../../workloads';
import type {
  EffectiveTracing,
  EffectiveTracingSide,
  TracingSide,
} from '../model/EffectiveTracing';
import { readMeshConfig } from '../../meshconfig';
import { createTracingResolver } from '../resolve/resolveTracing';
import { sameValue } from '../sides/sameValue';
import { SIDE_FIELDS, TRACING_SIDES } from '../sides/sideFields';
import type { MeshTracingInputs } from '../model/MeshTracingInputs';
import { applyChange, type TelemetryChange } from './applyChange';

/** A workload for which a change makes a difference. */
export interface TracingDifference {
  workload: Workload;
  before: EffectiveTracing;
  after: EffectiveTracing;
  /**
   * `client.samplingPercent` and the like, whose values differ. Empty when only
   * the source does: the same values, set by another resource.
   */
  changedFields: string[];
}

/**
 * What would differ, for which workloads, if a Telemetry were created, changed
 * or deleted.
 * @param workloads - those to look at; ones without a proxy are passed over
 */
export function simulateTracing(
  inputs: MeshTracingInputs,
  workloads: readonly Workload[],
  change: TelemetryChange,
): TracingDifference[] {
  const before = createTracingResolver(inputs);
  const after = createTracingResolver({
    ...inputs,
    telemetries: applyChange(inputs.telemetries, change),
  });
  const reach = reachOf(inputs, change);
  const differences: TracingDifference[] = [];
  for (const workload of workloads) {
    if (reach && !readNamespaces(workload).some(name => reach.has(name)))
      continue;
    const was = before.resolveWorkload(workload);
    const is = after.resolveWorkload(workload);
    if (was.path === 'none' && is.path === 'none') continue;
    const changedFields = differingFields(was, is);
    if (changedFields.length > 0 || !sameProvenance(was, is)) {
      differences.push({ workload, before: was, after: is, changedFields });
    }
  }
  return differences;
}

/** Namespaces whose workloads a change can reach; undefined = all. */
function reachOf(
  inputs: MeshTracingInputs,
  change: TelemetryChange,
): ReadonlySet<string> | undefined {
  const { rootNamespace } = readMeshConfig(inputs.meshConfig);
  const namespaces = [
    change.put?.metadata?.namespace,
    change.delete?.namespace,
  ].filter(namespace => namespace !== undefined);
  return namespaces.includes(rootNamespace) ? undefined : new Set(namespaces);
}

/** Namespaces besides the root one whose Telemetries count for a workload. */
function readNamespaces(workload: Workload): string[] {
  return [workload, ...proxiesOf(workload)].map(({ namespace }) => namespace);
}

/**
 * Fields whose values differ, `client.samplingPercent` and the like; behind
 * waypoints on any of the ways to the workload.
 * @public
 */
export function differingFields(
  before: EffectiveTracing,
  after: EffectiveTracing,
): string[] {
  const fields = TRACING_SIDES.flatMap(side =>
    differingFieldsOf(side, before[side], after[side]),
  );
  const ways = (after.ambient?.routes ?? []).flatMap((route, at) =>
    differingFieldsOf(
      'server',
      before.ambient?.routes[at]?.server ?? before.server,
      route.server ?? after.server,
    ),
  );
  return [...new Set([...fields, ...ways])];
}

function differingFieldsOf(
  side: TracingSide,
  was: EffectiveTracingSide | undefined,
  is: EffectiveTracingSide | undefined,
): string[] {
  if (!was || !is) return was === is ? [] : [side];
  return SIDE_FIELDS.filter(
    field => !sameValue(was[field].value, is[field].value),
  ).map(field => `${side}.${field}`);
}

function sameProvenance(a: EffectiveTracing, b: EffectiveTracing): boolean {
  return a.path === b.path && sameValue(a.chain, b.chain);
}
