import { proxiesOf, type Workload } from '../../workloads';
import { readMeshConfig } from '../../meshconfig';
import type { MeshTracingInputs } from '../model/MeshTracingInputs';
import { tracingProxyOf } from '../resolve/tracingProxyOf';
import { CustomisationIndex } from './CustomisationIndex';
import type { SidecarEgress, TracingEnvoyFilter } from './model';

/**
 * Other resources of Istio that change how the proxies of a workload trace: its own,
 * or those of the waypoints before it.
 */
export function customisationsOf(
  inputs: MeshTracingInputs,
  workload: Workload,
): { envoyFilters: TracingEnvoyFilter[]; sidecar?: SidecarEgress } {
  const index = CustomisationIndex.create({
    ...inputs,
    rootNamespace: readMeshConfig(inputs.meshConfig).rootNamespace,
  });
  const proxies = proxiesOf(workload).flatMap(
    traced => tracingProxyOf(traced) ?? [],
  );
  const envoyFilters = new Set(
    proxies.flatMap(proxy => index.filtersOf(proxy, proxy.labels)),
  );
  const [sidecar] = proxies.flatMap(
    proxy => index.sidecarOf(proxy, proxy.labels) ?? [],
  );
  return { envoyFilters: [...envoyFilters], ...(sidecar ? { sidecar } : {}) };
}
