import type { Workload } from '../../workloads';
import type { TracingProxy } from '../model/MeshTracingInputs';

/**
 * The proxy of a workload as the resolver wants it; undefined for a workload
 * that has none.
 * @public
 */
export function tracingProxyOf(workload: Workload): TracingProxy | undefined {
  if (workload.proxy === 'none') return undefined;
  const environment = commonEnvironment(workload);
  return {
    kind: workload.proxy,
    namespace: workload.namespace,
    labels: workload.labels,
    ...(workload.clusterId ? { clusterId: workload.clusterId } : {}),
    ...(workload.proxyVersion ? { version: workload.proxyVersion } : {}),
    proxyConfig: workload.proxyConfig,
    environment,
  };
}

/** Variables that all pods' proxies have; undefined when unknown for any. */
function commonEnvironment(workload: Workload): string[] | undefined {
  const [first, ...others] = workload.pods.map(pod => pod.proxyEnvironment);
  if (!first || others.some(other => !other)) return undefined;
  return first.filter(name => others.every(other => other?.includes(name)));
}
