import { compareText } from '../../shared/compareText';
import type { ProxyKind, Workload, WorkloadRoute } from '../model/Workload';
import { allowsAttachment, type GatewayFacts } from './GatewayFacts';
import type { ServiceFacts } from './ServiceFacts';
import type {
  RequestTarget,
  WaypointLabel,
  WaypointRouteState,
} from './WaypointRoute';
import {
  ambientLabelsOf,
  ingressUsesWaypoint,
  waypointWish,
  type WaypointWish,
} from './waypointLabels';
import type { WaypointSources } from './WaypointSources';

const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';
const WAYPOINT_CLASS = 'istio-waypoint';
const FRONT_PROXIES = new Set<ProxyKind>(['waypoint', 'gateway']);
/** Services that istiod made for waypoints and east-west gateways have no waypoint. */
const MADE_FOR_GATEWAYS = new Set([
  'istio.io-mesh-controller',
  'istio.io-eastwest-controller',
]);

/** Finds the ways of requests to the workloads of one cluster. */
export class WaypointBinder {
  readonly #sources: WaypointSources;
  readonly #gateways: ReadonlyMap<string, GatewayFacts> | undefined;
  readonly #proxies = new Map<string, Workload>();
  readonly #services = new Map<string, ServiceFacts[]>();

  constructor(workloads: readonly Workload[], sources: WaypointSources) {
    this.#sources = sources;
    for (const workload of workloads) {
      const name = workload.labels[GATEWAY_NAME_LABEL];
      if (name === undefined || !FRONT_PROXIES.has(workload.proxy)) continue;
      const key = `${workload.namespace}/${name}`;
      const known = this.#proxies.get(key);
      if (!known || (known.pods.length === 0 && workload.pods.length > 0)) {
        this.#proxies.set(key, workload);
      }
    }
    this.#gateways = sources.gateways && gatewaysByKey(sources.gateways);
    for (const service of sources.services) {
      if (!service.selector) continue;
      const known = this.#services.get(service.namespace);
      if (known) known.push(service);
      else this.#services.set(service.namespace, [service]);
    }
  }

  bind(workload: Workload): Workload {
    if (workload.proxy !== 'none') {
      return workload;
    }
    const routes = [
      ...this.#servicesOf(workload).flatMap(service =>
        this.#toService(service),
      ),
      this.#toPods(workload),
    ];
    const isConcerned =
      workload.ambient === true ||
      routes.some(({ state }) => state !== 'no-waypoint');
    return isConcerned ? { ...workload, routes } : workload;
  }

  /** Its own namesake first, then by name. */
  #servicesOf(workload: Workload): ServiceFacts[] {
    const labelSets = [workload, ...workload.pods].map(({ labels }) => labels);
    const rank = ({ kind, name }: ServiceFacts) =>
      (kind === 'Service' ? 0 : 2) +
      (name === workload.name || name === workload.labels.app ? 0 : 1);
    return (this.#services.get(workload.namespace) ?? [])
      .filter(({ selector = {} }) =>
        labelSets.some(labels => selects(selector, labels)),
      )
      .sort((a, b) => rank(a) - rank(b) || compareText(a.name, b.name));
  }

  #toService(service: ServiceFacts): WorkloadRoute[] {
    const { kind, namespace, name, labels, hosts } = service;
    if (MADE_FOR_GATEWAYS.has(labels['gateway.istio.io/managed'] ?? '')) {
      return [];
    }
    const to = { kind, namespace, name };
    const hostnames =
      kind === 'Service'
        ? [`${name}.${namespace}.svc.${this.#sources.domain}`]
        : hosts;
    const route = this.#route(to, labels, kind);
    const fromIngress =
      route.state === 'waypoint' &&
      ingressUsesWaypoint(labels, this.#labelsOf(namespace));
    return hostnames.map(hostname => ({ ...route, hostname, fromIngress }));
  }

  /** From ingress gateways requests go to services only. */
  #toPods({ namespace, name, labels }: Workload): WorkloadRoute {
    const to = { kind: 'Workload' as const, namespace, name };
    return this.#route(to, ambientLabelsOf(labels), 'Pod');
  }

  #route(
    to: RequestTarget,
    labels: Record<string, string>,
    kind: WaypointLabel['kind'],
  ): WorkloadRoute {
    const { namespace } = to;
    const own = waypointWish(labels, namespace);
    const wish = own ?? waypointWish(this.#labelsOf(namespace), namespace);
    if (!wish || (wish.isNone && !own)) {
      return { to, state: 'no-waypoint', fromIngress: false };
    }
    const label: WaypointLabel = {
      ...(own
        ? { kind, name: to.name }
        : { kind: 'Namespace', name: namespace }),
      value: wish.isNone ? 'none' : wish.value,
    };
    if (wish.isNone) {
      return { to, state: 'opted-out', label, fromIngress: false };
    }
    const proxy = this.#proxies.get(keyOf(wish));
    return {
      to,
      state: this.#stateOf(wish, to, proxy),
      waypoint: { namespace: wish.namespace, name: wish.name },
      label,
      fromIngress: false,
      ...(proxy ? { proxy } : {}),
    };
  }

  #stateOf(
    wish: WaypointWish & { isNone: false },
    { kind, namespace }: RequestTarget,
    proxy: Workload | undefined,
  ): WaypointRouteState {
    const gateway = this.#gateways
      ? this.#gateways.get(keyOf(wish))
      : proxy && assumedGateway(wish);
    if (!gateway) return 'waypoint-missing';
    if (!gateway.hasAddress) return 'waypoint-not-ready';
    const from = { name: namespace, labels: this.#labelsOf(namespace) };
    if (!allowsAttachment(gateway, from)) return 'attachment-denied';
    const traffic =
      gateway.waypointFor ??
      this.#sources.waypointFor.get(gateway.gatewayClass) ??
      'service';
    const wanted = kind === 'Workload' ? 'workload' : 'service';
    return traffic === wanted || traffic === 'all'
      ? 'waypoint'
      : 'other-traffic';
  }

  #labelsOf(namespace: string): Record<string, string> {
    return this.#sources.namespaces.get(namespace) ?? {};
  }
}

function gatewaysByKey(
  gateways: Iterable<GatewayFacts>,
): ReadonlyMap<string, GatewayFacts> {
  return new Map([...gateways].map(gateway => [keyOf(gateway), gateway]));
}

/** What is taken for true of a Gateway that the portal may not read. */
function assumedGateway({
  namespace,
  name,
}: {
  namespace: string;
  name: string;
}): GatewayFacts {
  return {
    namespace,
    name,
    gatewayClass: WAYPOINT_CLASS,
    hasAddress: true,
    allowedFrom: { from: 'All' },
  };
}

function keyOf(of: { namespace: string; name: string }): string {
  return `${of.namespace}/${of.name}`;
}

function selects(
  selector: Record<string, string>,
  labels: Record<string, string>,
): boolean {
  return Object.entries(selector).every(
    ([key, value]) => labels[key] === value,
  );
}
