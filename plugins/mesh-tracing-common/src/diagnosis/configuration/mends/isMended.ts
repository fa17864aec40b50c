import {
  applyChange,
  createTracingResolver,
  tracedSide,
  type EffectiveTracing,
  type Telemetry,
  type TelemetryChange,
} from '../../../tracing';
import type { ConfigurationFacts } from '../ConfigurationFacts';

/** Whether spans leave a workload: reported, and sampled above 0 as Envoy counts. */
export function makesSpans(effective: EffectiveTracing): boolean {
  const side = tracedSide(effective)?.tracing;
  return (
    side !== undefined && (side.samplingParts > 0 || !side.useRequestId.value)
  );
}

/** Effective tracing of the workload if the mesh had these Telemetries. */
export function tracingWith(
  { inputs, workload }: Pick<ConfigurationFacts, 'inputs' | 'workload'>,
  telemetries: Telemetry[],
): EffectiveTracing {
  return createTracingResolver({ ...inputs, telemetries }).resolveWorkload(
    workload,
  );
}

/** The same after one change. */
export function tracingAfter(
  facts: Pick<ConfigurationFacts, 'inputs' | 'workload'>,
  change: TelemetryChange,
): EffectiveTracing {
  return tracingWith(facts, applyChange(facts.inputs.telemetries, change));
}
