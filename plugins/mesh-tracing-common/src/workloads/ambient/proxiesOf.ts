import type { Workload } from '../model/Workload';

/**
 * The workloads whose proxies trace the requests to a workload: itself, or the
 * waypoints on the ways to it; none where nothing does.
 * @public
 */
export function proxiesOf(workload: Workload): Workload[] {
  if (workload.proxy !== 'none') {
    return [workload];
  }
  const waypoints = (workload.routes ?? []).flatMap(({ state, proxy }) =>
    state === 'waypoint' && proxy ? [proxy] : [],
  );
  return [...new Set(waypoints)];
}
