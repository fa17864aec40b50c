import {
  ANNOTATION_OWNERS,
  type ProxyKind,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import {
  DEMO_CLUSTER,
  ISTIO_VERSION,
  PROXY_ENVIRONMENT,
} from '../shared/demoMesh';

/** One workload of the shop, as its manifests describe it. */
interface WorkloadSpec {
  name: string;
  namespace: 'shop' | 'payments' | 'istio-ingress';
  app: string;
  version?: string;
  kind?: 'Deployment' | 'StatefulSet';
  replicas?: number;
  proxy?: ProxyKind;
  proxyVersion?: string;
  labels?: Record<string, string>;
  /** Whom the cluster names as owners; nobody when absent. */
  owners?: string;
  /** Label of the Kubernetes plugin; the app's name when absent, null for none. */
  kubernetesId?: string | null;
  /** Age of its pods; some days when absent. */
  podAgeMs?: number;
}

const DAY_MS = 24 * 3600 * 1000;
const POD_AGE_MS = 6 * DAY_MS;

const SPECS: WorkloadSpec[] = [
  {
    name: 'istio-ingressgateway',
    namespace: 'istio-ingress',
    app: 'istio-ingressgateway',
    proxy: 'gateway',
    replicas: 2,
    labels: { istio: 'ingressgateway' },
  },
  {
    name: 'storefront',
    namespace: 'shop',
    app: 'storefront',
    version: 'v12',
    replicas: 3,
  },
  {
    name: 'catalog',
    namespace: 'shop',
    app: 'catalog',
    version: 'v7',
    replicas: 2,
  },
  {
    name: 'search-index',
    namespace: 'shop',
    app: 'search-index',
    version: 'v2',
    kind: 'StatefulSet',
    replicas: 2,
  },
  {
    name: 'recommendations-v1',
    namespace: 'shop',
    app: 'recommendations',
    version: 'v1',
    replicas: 2,
  },
  {
    name: 'recommendations-v2',
    namespace: 'shop',
    app: 'recommendations',
    version: 'v2',
  },
  { name: 'cart', namespace: 'shop', app: 'cart', version: 'v5', replicas: 2 },
  {
    name: 'pricing',
    namespace: 'shop',
    app: 'pricing',
    version: 'v9',
    replicas: 2,
    kubernetesId: null,
  },
  {
    name: 'checkout',
    namespace: 'shop',
    app: 'checkout',
    version: 'v4',
    replicas: 2,
    kubernetesId: null,
    owners: 'group:default/storefront',
  },
  {
    name: 'inventory',
    namespace: 'shop',
    app: 'inventory',
    version: 'v3',
    replicas: 2,
    kubernetesId: null,
    labels: { 'app.kubernetes.io/part-of': 'stock-keeping' },
  },
  { name: 'loyalty', namespace: 'shop', app: 'loyalty', version: 'v1' },
  {
    name: 'customers',
    namespace: 'shop',
    app: 'customers',
    version: 'v6',
    replicas: 2,
  },
  {
    name: 'newsletter',
    namespace: 'shop',
    app: 'newsletter',
    version: 'v1',
    proxy: 'none',
    podAgeMs: 300 * DAY_MS,
  },
  {
    name: 'payment',
    namespace: 'payments',
    app: 'payment',
    version: 'v8',
    replicas: 2,
  },
  {
    name: 'fraud-check',
    namespace: 'payments',
    app: 'fraud-check',
    version: 'v2',
    proxyVersion: '1.30.4',
  },
  {
    name: 'ledger',
    namespace: 'payments',
    app: 'ledger',
    version: 'v3',
    replicas: 2,
  },
  {
    name: 'settlement',
    namespace: 'payments',
    app: 'settlement',
    version: 'v1',
  },
];

// The alphabet of Kubernetes' random suffixes: no vowels, nothing easily confused.
const SAFE = 'bcdfghjklmnpqrstvwxz2456789';

function suffix(text: string, length: number): string {
  let state = 2166136261;
  for (const char of text) {
    state = Math.imul(state ^ char.charCodeAt(0), 16777619) >>> 0;
  }
  let result = '';
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    result += SAFE.charAt((state >>> 8) % SAFE.length);
  }
  return result;
}

function podNames(spec: WorkloadSpec, templateHash: string): string[] {
  return Array.from({ length: spec.replicas ?? 1 }, (_, index) =>
    spec.kind === 'StatefulSet'
      ? `${spec.name}-${index}`
      : `${spec.name}-${templateHash}-${suffix(`${spec.name}#${index}`, 5)}`,
  );
}

function podLabels(spec: WorkloadSpec): Record<string, string> {
  const id = spec.kubernetesId === undefined ? spec.app : spec.kubernetesId;
  return {
    app: spec.app,
    ...(spec.version ? { version: spec.version } : {}),
    ...(id ? { 'backstage.io/kubernetes-id': id } : {}),
    ...spec.labels,
    ...(spec.proxy === 'none'
      ? {}
      : {
          'security.istio.io/tlsMode': 'istio',
          'service.istio.io/canonical-name': spec.app,
          'service.istio.io/canonical-revision': spec.version ?? 'latest',
        }),
  };
}

function toWorkload(spec: WorkloadSpec, nowMs: number): Workload {
  const proxy = spec.proxy ?? 'sidecar';
  const labels = podLabels(spec);
  const templateHash = suffix(spec.name, 10);
  const proxied =
    proxy === 'none'
      ? {}
      : {
          proxyVersion: spec.proxyVersion ?? ISTIO_VERSION,
          proxyConfig: {},
          proxyEnvironment: Object.keys(PROXY_ENVIRONMENT),
        };
  return {
    cluster: DEMO_CLUSTER,
    namespace: spec.namespace,
    kind: spec.kind ?? 'Deployment',
    name: spec.name,
    labels,
    ownerLabels: Object.fromEntries(
      Object.entries(labels).filter(([key]) => !key.includes('istio.io/')),
    ),
    annotations: spec.owners ? { [ANNOTATION_OWNERS]: spec.owners } : {},
    proxy,
    ...(proxy === 'none'
      ? {}
      : {
          proxyVersion: spec.proxyVersion ?? ISTIO_VERSION,
          proxyConfig: {},
          revision: 'default',
        }),
    pods: podNames(spec, templateHash).map(name => ({
      name,
      labels: { ...labels, 'pod-template-hash': templateHash },
      ready: true,
      proxy,
      createdAtMs: nowMs - (spec.podAgeMs ?? POD_AGE_MS),
      ...proxied,
    })),
  };
}

/** The workloads of the shop. */
export function shopWorkloads(nowMs: number): Workload[] {
  return SPECS.map(spec => toWorkload(spec, nowMs));
}
