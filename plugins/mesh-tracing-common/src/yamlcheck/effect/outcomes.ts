import {
  createTracingResolver,
  differingFields,
  type EffectiveTracing,
  type EffectiveTracingSide,
} from '../../tracing';
import type { Workload } from '../../workloads';
import type {
  SideBrief,
  TracingBrief,
  WorkloadOutcome,
} from '../model/YamlCheck';
import type { MeshState } from './MeshState';

/** Effective tracing by state, in the order of its workloads: each is resolved once. */
const resolved = new WeakMap<MeshState, EffectiveTracing[]>();

/** Effective tracing of each workload of a state. */
export function tracingOf(state: MeshState): EffectiveTracing[] {
  let tracing = resolved.get(state);
  if (!tracing) {
    const resolver = createTracingResolver(state.inputs);
    tracing = state.workloads.map(workload =>
      resolver.resolveWorkload(workload),
    );
    resolved.set(state, tracing);
  }
  return tracing;
}

/** What becomes of every workload between two states. */
export function outcomesBetween(
  before: MeshState,
  after: MeshState,
): WorkloadOutcome[] {
  const was = tracingOf(before);
  const is = tracingOf(after);
  return before.workloads.flatMap((workload, i) => {
    const [a, b] = [was[i], is[i]];
    return a && b
      ? [
          {
            workload: refOf(workload),
            before: briefOf(a),
            after: briefOf(b),
            changedFields: differingFields(a, b),
          },
        ]
      : [];
  });
}

function refOf({ cluster, namespace, kind, name }: Workload) {
  return { cluster, namespace, kind, name };
}

function briefOf({ path, client, server }: EffectiveTracing): TracingBrief {
  return {
    path,
    ...(client ? { client: sideBrief(client) } : {}),
    ...(server ? { server: sideBrief(server) } : {}),
  };
}

function sideBrief(side: EffectiveTracingSide): SideBrief {
  return {
    spanReporting: side.spanReporting,
    provider: side.provider.value?.name ?? null,
    samplingPercent: side.samplingPercent.value,
    customTags: Object.keys(side.customTags.value).sort(),
    disableContextPropagation: side.disableContextPropagation.value,
  };
}
