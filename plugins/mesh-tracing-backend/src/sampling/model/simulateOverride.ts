import {
  applyChange,
  createTracingResolver,
  differingFields,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  EffectiveTracing,
  MeshTracingInputs,
  TelemetryChange,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';

/** Effective tracing of a workload with and without a change. */
export interface TracingChange {
  workload: Workload;
  before: EffectiveTracing;
  after: EffectiveTracing;
  /** `client.samplingPercent` and the like. */
  changedFields: string[];
}

/** Effective tracing before and after a change, for every given workload. */
export function simulateOverride(
  inputs: MeshTracingInputs,
  workloads: readonly Workload[],
  change: TelemetryChange,
): TracingChange[] {
  const before = createTracingResolver(inputs);
  const after = createTracingResolver({
    ...inputs,
    telemetries: applyChange(inputs.telemetries, change),
  });
  return workloads.map(workload => {
    const was = before.resolveWorkload(workload);
    const is = after.resolveWorkload(workload);
    return {
      workload,
      before: was,
      after: is,
      changedFields: differingFields(was, is),
    };
  });
}
