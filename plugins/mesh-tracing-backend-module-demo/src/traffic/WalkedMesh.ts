import type { Random } from '../shared/Random';
import type { RequestLedger } from '../tracestore';
import type { MeshBehaviour } from './MeshBehaviour';
import type { MeshProxies } from './MeshProxies';
import type { RequestTarget } from './requestHeaders';
import type { RequestId } from './samplingDecision';

/** The world that requests walk through. */
export interface WalkedMesh {
  behaviour: MeshBehaviour;
  proxies: MeshProxies;
  /** Decides about calls, durations and failures. */
  traffic: Random;
  /** For trace and request ids: tracing must not change the traffic. */
  ids: Random;
  /** Counts what arrives at workloads with a proxy. */
  ledger?: RequestLedger;
}

/** A request to an endpoint, with one of the paths that occur. */
export function targetOf(
  { behaviour, traffic }: WalkedMesh,
  serviceName: string,
  endpointName: string,
): RequestTarget {
  const service = behaviour.services[serviceName];
  const endpoint = service?.endpoints[endpointName];
  if (!service || !endpoint) {
    throw new Error(
      `The simulated mesh has no endpoint ${serviceName}/${endpointName}`,
    );
  }
  return { service, endpoint, path: traffic.pick(endpoint.paths) };
}

/** The id of a request that has none yet. */
export function newRequestId({ ids }: WalkedMesh): RequestId {
  return { head: ids.uint32(), rest: ids.uint32(), isSampled: false };
}
