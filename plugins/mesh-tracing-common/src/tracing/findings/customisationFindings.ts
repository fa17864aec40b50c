import type { EnvoyFilterTouch } from '../customisations/model';
import { egressReaches } from '../customisations/egressReaches';
import { sidesOf } from '../sides/sidesOf';
import type { Resolution } from '../resolve/Resolution';
import type { FindingList } from './FindingList';

const TOUCHES: Record<EnvoyFilterTouch, string> = {
  tracing: 'the tracing configuration of its listeners',
  'trace-headers': 'headers that carry a trace',
  'request-id': 'request ids, from which the sampling decision is made',
};

/** Findings about what other resources of Istio do to a proxy's tracing. */
export function addCustomisationFindings(
  list: FindingList,
  resolution: Resolution,
): void {
  addEnvoyFilters(list, resolution);
  addUnreachedProviders(list, resolution);
}

function addEnvoyFilters(
  list: FindingList,
  { context, customisations }: Resolution,
): void {
  const filters = customisations.filtersOf(context.proxy, context.labels);
  for (const { namespace, name, touches } of filters) {
    const parts = touches.map(touch => TOUCHES[touch]).join(', and ');
    const what = `EnvoyFilter ${namespace}/${name} changes ${parts} at this proxy.`;
    list.add('envoy-filter-touches-tracing', what);
  }
}

function addUnreachedProviders(
  list: FindingList,
  { context, customisations, sides }: Resolution,
): void {
  const sidecar = customisations.sidecarOf(context.proxy, context.labels);
  if (!sidecar?.hosts) return;
  const { hosts, namespace, name } = sidecar;
  for (const side of sidesOf(context.proxy.kind)) {
    const { enabled, provider } = sides.listeners[side];
    const service = enabled.value && provider.value?.provider.service;
    if (!service || egressReaches(hosts, service, namespace)) continue;
    const what = `Sidecar ${namespace}/${name} leaves ${service} out of its egress, so this proxy cannot send spans to provider ${provider.value?.provider.name}.`;
    list.add('sidecar-egress-hides-provider', what, [], side);
  }
}
