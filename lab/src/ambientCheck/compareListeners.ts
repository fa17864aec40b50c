import { isDeepStrictEqual } from 'node:util';
import {
  tracingProxyOf,
  type EffectiveTracing,
  type EffectiveTracingSide,
  type TracingResolver,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import { expectedListener } from '../oracle/compare/expectedListener';
import type { FoundListener } from '../oracle/istiod/readListeners';
import type { RouteComparison, RouteDifference } from './compareRoutes';

/** Name of the filter chain for requests to pods directly. */
const DIRECT = 'direct-http';

/** What the product says of one way that passes a waypoint. */
interface TracedWay {
  workload: Workload;
  /** Host of the service; absent for the pods. */
  hostname?: string;
  side: EffectiveTracingSide | undefined;
}

function waysThrough(
  waypoint: Workload,
  workloads: readonly Workload[],
  resolver: TracingResolver,
): TracedWay[] {
  return workloads.flatMap(workload => {
    const routes = workload.routes ?? [];
    if (!routes.some(({ proxy }) => proxy === waypoint)) return [];
    const effective = resolver.resolveWorkload(workload);
    return routes.flatMap((route, at) =>
      route.state === 'waypoint' && route.proxy === waypoint
        ? [
            {
              workload,
              ...(route.hostname !== undefined && {
                hostname: route.hostname,
              }),
              side: sideOf(effective, at),
            },
          ]
        : [],
    );
  });
}

function sideOf(effective: EffectiveTracing, at: number) {
  return effective.ambient?.routes[at]?.server ?? effective.server;
}

/**
 * Compares what the product says of each way through a waypoint with the filter
 * chain that istiod has for it.
 */
export function compareListeners(
  waypoint: Workload,
  workloads: readonly Workload[],
  resolver: TracingResolver,
  listeners: readonly FoundListener[],
): RouteComparison {
  const proxy = tracingProxyOf(waypoint);
  if (!proxy) throw new Error(`${waypoint.name} has no proxy.`);
  const differences: RouteDifference[] = [];
  const ways = waysThrough(waypoint, workloads, resolver);
  for (const { workload, hostname, side } of ways) {
    const chain = listeners.find(({ filterChain }) =>
      hostname === undefined
        ? filterChain === DIRECT
        : filterChain.startsWith('inbound-vip|80|http|') &&
          filterChain.split('|').at(-1) === hostname,
    );
    const expected = side && expectedListener(side, proxy);
    if (!isDeepStrictEqual(expected, chain?.view)) {
      differences.push({
        what: `${waypoint.namespace}/${waypoint.name}: requests to ${
          hostname ?? 'the pods'
        } of ${workload.namespace}/${workload.name}`,
        expected,
        got: chain?.view ?? 'no such filter chain',
      });
    }
  }
  return { compared: ways.length, differences };
}
