import type { EffectiveTracing } from '../model/EffectiveTracing';
import type {
  MeshTracingInputs,
  TracingProxy,
  TracingService,
} from '../model/MeshTracingInputs';
import {
  DefaultTracingResolver,
  type TracingResolver,
} from './TracingResolver';

/**
 * Reads and sorts the inputs once, to resolve many proxies against them. Never
 * throws and never changes its inputs; what could not be read is a finding.
 * @public
 */
export function createTracingResolver(
  inputs: MeshTracingInputs,
): TracingResolver {
  return DefaultTracingResolver.create(inputs);
}

/**
 * Effective tracing of one proxy as istiod computes it, with provenance.
 * @param service - for a waypoint, the service whose traffic is handled
 * @public
 */
export function resolveTracing(
  inputs: MeshTracingInputs,
  proxy: TracingProxy,
  service?: TracingService,
): EffectiveTracing {
  return createTracingResolver(inputs).resolve(proxy, service);
}
