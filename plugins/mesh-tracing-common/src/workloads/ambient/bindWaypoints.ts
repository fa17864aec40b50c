import type { Workload } from '../model/Workload';
import { WaypointBinder } from './WaypointBinder';
import type { WaypointSources } from './WaypointSources';

/**
 * Adds to each workload without a proxy of its own the ways that requests take to
 * it: one for each of its services, and one for its pods. Workloads that have
 * nothing to do with the ambient mesh stay as they are, and so does the list where
 * none has.
 *
 * Istio: `fetchWaypointForTarget`, `fetchWaypointForService` and
 * `fetchWaypointForWorkload`. The label on the object comes before that on its
 * namespace, whatever becomes of it.
 * @public
 */
export function bindWaypoints(
  workloads: Workload[],
  sources: WaypointSources,
): Workload[] {
  const binder = new WaypointBinder(workloads, sources);
  const bound = workloads.map(workload => binder.bind(workload));
  return bound.some((workload, at) => workload !== workloads[at])
    ? bound
    : workloads;
}
