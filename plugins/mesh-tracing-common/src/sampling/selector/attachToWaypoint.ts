import type { PolicyVerdictView } from '../../api';
import type { Finding } from '../../shared/Finding';
import { type Istiod, waypointFollowsService } from '../../tracing';
import {
  isSameWorkload,
  type RequestTarget,
  type Workload,
  type WorkloadRoute,
} from '../../workloads';
import type { OverrideAttachment } from './OverrideAttachment';

const GATEWAY_GROUP = 'gateway.networking.k8s.io';
const SERVICE_ENTRY_GROUP = 'networking.istio.io';
/** Target references that a Telemetry holds at most (CRD). */
const MAX_TARGETS = 16;

type Waypoint = NonNullable<WorkloadRoute['waypoint']>;

/**
 * The override of a workload behind waypoints. It targets the services that are
 * traced there, since istiod configures a waypoint service by service. Requests to
 * the pods directly follow the waypoint's Gateway alone, which is targeted where no
 * service is. Undefined where no waypoint stands before the workload.
 *
 * @param istiod - decides whether a service's Telemetry counts at a waypoint of
 *   another namespace
 */
export function attachToWaypoint(
  workload: Workload,
  workloads: readonly Workload[],
  istiod: Istiod,
): OverrideAttachment | undefined {
  const routes = tracedRoutes(workload);
  const services = routes.filter(({ to }) => to.kind !== 'Workload');
  if (services.length > 0) {
    return attachToServices(workload, workloads, { routes, services, istiod });
  }
  const waypoint = routes[0]?.waypoint;
  return waypoint && attachToGateway(workload, workloads, waypoint, istiod);
}

/**
 * Other workloads whose tracing a Telemetry for a waypoint's Gateway is about: those
 * behind it, except by way of services of other namespaces, which it does not reach
 * since Istio 1.30.3 (Istio: applicableTelemetries).
 */
export function behindGateway(
  workload: Workload,
  workloads: readonly Workload[],
  waypoint: Waypoint,
  istiod: Istiod,
): Workload[] {
  const reachesAll = !waypointFollowsService(istiod);
  return othersWith(workload, workloads, route => {
    const isNear =
      route.to.kind === 'Workload' ||
      route.to.namespace === waypoint.namespace ||
      reachesAll;
    return (
      isNear &&
      route.waypoint?.name === waypoint.name &&
      route.waypoint.namespace === waypoint.namespace
    );
  });
}

function attachToServices(
  workload: Workload,
  workloads: readonly Workload[],
  found: {
    routes: readonly WorkloadRoute[];
    services: readonly WorkloadRoute[];
    istiod: Istiod;
  },
): OverrideAttachment {
  const { routes, services, istiod } = found;
  const targets = distinct(services.map(({ to }) => to));
  const isTarget = ({ to }: WorkloadRoute) =>
    targets.some(target => isSameTarget(target, to));
  const direct = routes.find(({ to }) => to.kind === 'Workload');
  return {
    spec: {
      targetRefs: targets.slice(0, MAX_TARGETS).map(({ kind, name }) => ({
        group: kind === 'Service' ? '' : SERVICE_ENTRY_GROUP,
        kind,
        name,
      })),
    },
    others: othersWith(workload, workloads, isTarget),
    target: targets.map(({ kind, name }) => `${kind} ${name}`).join(', '),
    problem:
      unreachable(services, workload, istiod) ?? tooMany(targets, workload),
    findings: direct ? [directUnchanged(workload)] : [],
  };
}

function attachToGateway(
  workload: Workload,
  workloads: readonly Workload[],
  waypoint: Waypoint,
  istiod: Istiod,
): OverrideAttachment {
  const name = `${waypoint.namespace}/${waypoint.name}`;
  return {
    spec: {
      targetRefs: [
        { group: GATEWAY_GROUP, kind: 'Gateway', name: waypoint.name },
      ],
    },
    others: behindGateway(workload, workloads, waypoint, istiod),
    target: `waypoint ${name}`,
    ...(waypoint.namespace === workload.namespace
      ? {}
      : {
          problem: refusal(
            `Requests to the pods of ${workload.name} pass the waypoint ${name}, and only a Telemetry in its namespace reaches it: change the waypoint there`,
          ),
        }),
    findings: [],
  };
}

/** Before Istio 1.30.3 a service's Telemetry counts in the waypoint's namespace only. */
function unreachable(
  services: readonly WorkloadRoute[],
  { namespace }: Workload,
  istiod: Istiod,
): PolicyVerdictView | undefined {
  const far = services.find(
    ({ waypoint }) => waypoint?.namespace !== namespace,
  );
  return far?.waypoint && !waypointFollowsService(istiod)
    ? refusal(
        `The waypoint ${far.waypoint.namespace}/${far.waypoint.name} is in another namespace, and Istio before 1.30.3 does not look for Telemetries of ${far.to.kind} ${far.to.name} there: change the waypoint, or upgrade Istio`,
      )
    : undefined;
}

function tooMany(
  targets: readonly RequestTarget[],
  { name }: Workload,
): PolicyVerdictView | undefined {
  return targets.length > MAX_TARGETS
    ? refusal(
        `${name} is behind ${targets.length} services, and a Telemetry targets ${MAX_TARGETS} at most`,
      )
    : undefined;
}

function refusal(message: string): PolicyVerdictView {
  return { rule: 'waypoint', allowed: false, message, field: 'workload' };
}

function directUnchanged({ name }: Workload): Finding {
  return {
    severity: 'info',
    code: 'direct-requests-unchanged',
    what: `Requests to the pods of ${name} that are not addressed to its services keep the setting of the waypoint itself.`,
    whatToDo: 'Change the waypoint by itself, if they should follow.',
  };
}

function tracedRoutes({ routes = [] }: Workload): WorkloadRoute[] {
  return routes.filter(({ state, proxy }) => state === 'waypoint' && proxy);
}

function othersWith(
  workload: Workload,
  workloads: readonly Workload[],
  matches: (route: WorkloadRoute) => boolean,
): Workload[] {
  return workloads.filter(
    other =>
      other.cluster === workload.cluster &&
      !isSameWorkload(other, workload) &&
      tracedRoutes(other).some(matches),
  );
}

function distinct(targets: readonly RequestTarget[]): RequestTarget[] {
  return targets.filter(
    (target, at) =>
      targets.findIndex(other => isSameTarget(other, target)) === at,
  );
}

function isSameTarget(a: RequestTarget, b: RequestTarget): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}
