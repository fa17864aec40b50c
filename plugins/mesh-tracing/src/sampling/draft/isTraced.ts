import type { WorkloadTracing } from 'backstage-plugin-mesh-tracing-common';

/** Whether a Telemetry can have an effect: there is a proxy, or a waypoint before it. */
export function isTraced({ workload, effective }: WorkloadTracing): boolean {
  return workload.proxy !== 'none' || effective.path !== 'none';
}
