import type { KubernetesMetadata } from '../model/kubernetesObjects';
import { matchesLabelSelector } from '../mapping/labelSelector';
import type { LabelOperator, LabelSelector } from '../mapping/labelSelector';
import { AMBIENT_LABELS } from './waypointLabels';

/** A Gateway of the Gateway API, as far as it may be a waypoint. @public */
export interface GatewayFacts {
  namespace: string;
  name: string;
  gatewayClass: string;
  /** Value of its label `istio.io/waypoint-for`. */
  waypointFor?: string;
  /** Whether it has an address: before, istiod sends nothing to it. */
  hasAddress: boolean;
  /** Namespaces whose objects may name it as their waypoint. */
  allowedFrom:
    | { from: 'All' | 'Same' }
    | { from: 'Selector'; selector: LabelSelector };
}

/** The parts of a Gateway that are read. @public */
export interface KubernetesGateway {
  metadata?: KubernetesMetadata;
  spec?: {
    gatewayClassName?: string;
    listeners?: Array<{
      port?: number;
      protocol?: string;
      allowedRoutes?: {
        namespaces?: {
          from?: string;
          selector?: {
            matchLabels?: Record<string, string>;
            matchExpressions?: Array<{
              key?: string;
              operator?: string;
              values?: string[];
            }>;
          };
        };
      };
    }>;
  };
  status?: { addresses?: Array<{ type?: string; value?: string }> };
}

type Listener = NonNullable<
  NonNullable<KubernetesGateway['spec']>['listeners']
>[number];
type RouteSelector = NonNullable<
  NonNullable<Listener['allowedRoutes']>['namespaces']
>['selector'];

const INBOUND_BINDING = 'ambient.istio.io/waypoint-inbound-binding';
const HBONE_PORT = 15008;
/** Of a waypoint behind another proxy (Istio: WaypointSandwichListenerProxyProtocol). */
const PROXY_PROTOCOL = 'istio.io/PROXY';
const ADDRESS_TYPES = new Set(['Hostname', 'IPAddress']);
const OPERATORS: Readonly<Record<string, LabelOperator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: 'doesNotExist',
};

/** What is kept of a Gateway. @public */
export function describeGateway(gateway: KubernetesGateway): GatewayFacts {
  const { metadata = {}, spec, status } = gateway;
  const waypointFor = metadata.labels?.[AMBIENT_LABELS.waypointFor];
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    gatewayClass: spec?.gatewayClassName ?? '',
    ...(waypointFor !== undefined ? { waypointFor } : {}),
    hasAddress: (status?.addresses ?? []).some(({ type }) =>
      ADDRESS_TYPES.has(type ?? ''),
    ),
    allowedFrom: allowedFrom(
      boundListener(
        spec?.listeners ?? [],
        metadata.annotations?.[INBOUND_BINDING],
      ),
    ),
  };
}

/** Whether objects of a namespace may name a Gateway as their waypoint. */
export function allowsAttachment(
  { allowedFrom: allowed, namespace }: GatewayFacts,
  from: { name: string; labels: Record<string, string> },
): boolean {
  switch (allowed.from) {
    case 'All':
      return true;
    case 'Selector':
      return matchesLabelSelector(allowed.selector, from.labels);
    default:
      return namespace === from.name;
  }
}

/**
 * The listener whose rules count: the one that the annotation on the inbound
 * binding names, else the one for HBONE (Istio: makeAllowedRoutes).
 */
function boundListener(
  listeners: readonly Listener[],
  binding: string | undefined,
): Listener | undefined {
  const bound = boundBy(listeners, binding);
  return (
    bound ??
    listeners.find(
      listener => listener.protocol === 'HBONE' && listener.port === HBONE_PORT,
    )
  );
}

function boundBy(
  listeners: readonly Listener[],
  binding: string | undefined,
): Listener | undefined {
  const [protocol, port] = binding?.split('/') ?? [];
  if (port !== undefined && Number(port) > 0) {
    return listeners.find(listener => listener.port === Number(port));
  }
  return protocol === 'PROXY'
    ? listeners.find(listener => listener.protocol === PROXY_PROTOCOL)
    : undefined;
}

function allowedFrom(
  listener: Listener | undefined,
): GatewayFacts['allowedFrom'] {
  const namespaces = listener?.allowedRoutes?.namespaces;
  switch (namespaces?.from) {
    case 'All':
      return { from: 'All' };
    case 'Selector':
      return { from: 'Selector', selector: toSelector(namespaces.selector) };
    default:
      return { from: 'Same' };
  }
}

/** A missing selector selects nothing, as for Kubernetes. */
const NOTHING: LabelSelector = [
  { key: 'kubernetes.io/metadata.name', operator: 'in', values: [] },
];

function toSelector(selector: RouteSelector): LabelSelector {
  if (!selector) {
    return NOTHING;
  }
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return [
    ...Object.entries(matchLabels).map(([key, value]) => ({
      key,
      operator: 'in' as const,
      values: [value],
    })),
    ...matchExpressions.flatMap(({ key = '', operator = '', values = [] }) => {
      const known = OPERATORS[operator];
      return known ? [{ key, operator: known, values }] : NOTHING;
    }),
  ];
}
