import type {
  Istiod,
  MeshConfig,
  MeshInjection,
} from 'backstage-plugin-mesh-tracing-common';
import { ISTIO_VERSION, ROOT_NAMESPACE } from '../shared/demoMesh';

const COLLECTOR = 'jaeger-collector.istio-system.svc.cluster.local';

const DAY_MS = 24 * 3600 * 1000;
/** How long namespace `shop` has asked for proxies. */
const SHOP_LABEL_AGE_MS = 210 * DAY_MS;

/** Namespaces that exist. */
export const SHOP_NAMESPACES = [
  ROOT_NAMESPACE,
  'istio-ingress',
  'shop',
  'payments',
] as const;

/** Namespaces in which the portal's account may write Telemetries. */
export const WRITABLE_NAMESPACES: ReadonlySet<string> = new Set([
  'istio-ingress',
  'shop',
  'payments',
]);

/** The mesh config of the shop: an OpenTelemetry provider as default. */
export const shopMeshConfig: MeshConfig = {
  rootNamespace: ROOT_NAMESPACE,
  trustDomain: 'cluster.local',
  enableTracing: true,
  defaultProviders: { tracing: ['jaeger'] },
  extensionProviders: [
    { name: 'jaeger', opentelemetry: { service: COLLECTOR, port: 4317 } },
  ],
  defaultConfig: {},
};

/** What is known of the control plane. */
export const shopIstiod: Istiod = {
  version: ISTIO_VERSION,
  revision: 'default',
  environmentKnown: true,
};

/** Services that istiod knows, as far as providers may refer to them. */
export const shopKnownServices: ReadonlySet<string> = new Set([
  `${COLLECTOR}:4317`,
  `${COLLECTOR}:4318`,
]);

/**
 * Which namespaces ask for proxies. The label of `shop` is younger than the pod of
 * `newsletter`, which nobody has restarted since.
 */
export function shopInjection(nowMs: number): MeshInjection {
  const label = 'istio-injection';
  const injected = (ageMs: number) => ({
    labels: { [label]: 'enabled' },
    setByMs: { [label]: nowMs - ageMs },
  });
  const none = { labels: {}, setByMs: {} };
  return {
    namespaces: new Map([
      [ROOT_NAMESPACE, none],
      ['istio-ingress', injected(400 * DAY_MS)],
      ['shop', injected(SHOP_LABEL_AGE_MS)],
      ['payments', injected(400 * DAY_MS)],
    ]),
    injectors: [{ revision: 'default' }],
  };
}
