import type {
  Workload,
  WorkloadRoute,
} from 'backstage-plugin-mesh-tracing-common';
import type { AmbientIndex } from './readAmbientz';

/** A way of requests that product and istiod see differently. */
export interface RouteDifference {
  what: string;
  /** The product's. */
  expected: unknown;
  /** Istio's. */
  got: unknown;
}

/** What a comparison came to. */
export interface RouteComparison {
  compared: number;
  differences: RouteDifference[];
}

function hostOf({ state, waypoint }: WorkloadRoute): string | undefined {
  return state === 'waypoint' && waypoint
    ? `${waypoint.namespace}/${waypoint.name}.${waypoint.namespace}.svc.cluster.local`
    : undefined;
}

/** The ways to one pod, and what istiod tells ztunnel about the same. */
function compareOne(
  workload: Workload,
  index: AmbientIndex,
): RouteDifference[] {
  const { namespace, name, routes = [] } = workload;
  const id = `${namespace}/${name}`;
  const pod = index.pods[id];
  const services = routes.flatMap(({ to, hostname }) =>
    hostname === undefined ? [] : [`${to.namespace}/${hostname}`],
  );
  const direct = routes.find(({ to }) => to.kind === 'Workload');
  return [
    {
      what: `${id}: its services`,
      expected: [...services].sort(),
      got: pod?.services ?? 'no such pod',
    },
    {
      what: `${id}: requests to the pod`,
      expected: direct && hostOf(direct),
      got: pod?.waypoint,
    },
    ...routes.flatMap(route => {
      if (route.hostname === undefined) return [];
      const host = `${route.to.namespace}/${route.hostname}`;
      return [
        {
          what: `${id}: requests to ${host}, ${route.state}`,
          expected: {
            waypoint: hostOf(route),
            fromIngress: route.fromIngress,
          },
          got: {
            waypoint: index.services[host]?.waypoint,
            fromIngress: index.services[host]?.fromIngress,
          },
        },
      ];
    }),
  ];
}

/**
 * Compares the ways to every workload without a proxy with istiod's index. A
 * workload that ambient mode has no part in has none, and istiod none for it.
 */
export function compareRoutes(
  workloads: readonly Workload[],
  index: AmbientIndex,
): RouteComparison {
  const checks = workloads
    .filter(({ proxy }) => proxy === 'none')
    .flatMap(workload =>
      workload.routes
        ? compareOne(workload, index)
        : [
            {
              what: `${workload.namespace}/${workload.name}: has no waypoint`,
              expected: undefined,
              got: index.pods[`${workload.namespace}/${workload.name}`]
                ?.waypoint,
            },
          ],
    );
  return {
    compared: checks.length,
    differences: checks.filter(
      ({ expected, got }) => JSON.stringify(expected) !== JSON.stringify(got),
    ),
  };
}
