import type { Istiod, MeshConfig } from 'backstage-plugin-mesh-tracing-common';
import { ISTIO_VERSION, ROOT_NAMESPACE } from '../shared/demoMesh';

const COLLECTOR = 'jaeger-collector.istio-system.svc.cluster.local';

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
