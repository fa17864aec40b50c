import {
  namespaceName,
  namespacesOf,
  workloadName,
  workloadsOf,
  type ScaleSize,
} from './ScaleSize';

/** An object as an API server sends it. */
export interface KubernetesObject {
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    labels?: Record<string, string>;
    [other: string]: unknown;
  };
  [other: string]: unknown;
}

/** A collection whose objects are made when they are asked for. */
export interface Collection {
  count: number;
  at(index: number): KubernetesObject;
}

const HASH = '7d9f8b6c5d';
const CREATED = '2026-11-01T10:00:00Z';

function metadataOf(kind: string, namespace: string, name: string) {
  return {
    name,
    namespace,
    uid: `${kind}-${namespace}-${name}`,
    resourceVersion: '1000',
    creationTimestamp: CREATED,
  };
}

function labelsOf(workload: number): Record<string, string> {
  const name = workloadName(workload);
  return {
    app: name,
    version: 'v1',
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': `shop-${workload % 50}`,
    'backstage.io/kubernetes-id': name,
    'service.istio.io/canonical-name': name,
    'service.istio.io/canonical-revision': 'v1',
  };
}

function envOf(count: number): unknown[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `SETTING_${i}`,
    value: `value-${i}`,
  }));
}

/** A container, about as large as real ones are. */
function containerOf(
  namespace: string,
  name: string,
  { image, settings }: { image: string; settings: number },
) {
  return {
    name,
    image,
    args: ['proxy', 'sidecar', '--domain', `${namespace}.svc.cluster.local`],
    env: envOf(settings),
    resources: { requests: { cpu: '100m', memory: '128Mi' } },
    volumeMounts: [
      { name: 'token', mountPath: '/var/run/secrets/tokens', readOnly: true },
      { name: 'podinfo', mountPath: '/etc/istio/pod' },
    ],
  };
}

function podStatus(name: string) {
  const types = ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];
  return {
    phase: 'Running',
    podIP: '10.0.0.1',
    conditions: types.map(type => ({
      type,
      status: 'True',
      lastTransitionTime: CREATED,
    })),
    containerStatuses: ['istio-proxy', name].map(container => ({
      name: container,
      ready: true,
      restartCount: 0,
      image: 'registry.local/image:1.2.3',
      state: { running: { startedAt: CREATED } },
    })),
  };
}

function ownedBy(kind: string, name: string) {
  return [
    {
      apiVersion: 'apps/v1',
      kind,
      name,
      uid: `${kind}-${name}`,
      controller: true,
    },
  ];
}

/** A pod with a sidecar. */
function podOf(size: ScaleSize, workload: number, replica: number) {
  const namespace = namespaceName(workload % size.namespaces);
  const name = workloadName(workload);
  const suffix = `x${replica}x${(workload % 97) + 10}`;
  return {
    metadata: {
      ...metadataOf('pod', namespace, `${name}-${HASH}-${suffix}`),
      generateName: `${name}-${HASH}-`,
      labels: {
        ...labelsOf(workload),
        'pod-template-hash': HASH,
        'security.istio.io/tlsMode': 'istio',
        'istio.io/rev': 'default',
      },
      annotations: {
        'sidecar.istio.io/status':
          '{"initContainers":["istio-init"],"containers":["istio-proxy"],"revision":"default"}',
        'prometheus.io/scrape': 'true',
      },
      ownerReferences: ownedBy('ReplicaSet', `${name}-${HASH}`),
    },
    spec: {
      nodeName: `node-${workload % 300}`,
      containers: [
        containerOf(namespace, 'istio-proxy', {
          image: 'registry.local/proxyv2:1.30.0',
          settings: 24,
        }),
        containerOf(namespace, name, {
          image: `registry.local/${name}:1.2.3`,
          settings: 12,
        }),
      ],
    },
    status: podStatus(name),
  };
}

function deploymentOf(size: ScaleSize, workload: number) {
  const namespace = namespaceName(workload % size.namespaces);
  const name = workloadName(workload);
  return {
    metadata: {
      ...metadataOf('deployment', namespace, name),
      labels: labelsOf(workload),
    },
    spec: {
      replicas: size.podsPerWorkload,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: labelsOf(workload) },
        spec: { containers: [{ name, image: `registry.local/${name}:1.2.3` }] },
      },
    },
    status: { readyReplicas: size.podsPerWorkload },
  };
}

function replicaSetOf(size: ScaleSize, workload: number) {
  const name = workloadName(workload);
  const namespace = namespaceName(workload % size.namespaces);
  return {
    metadata: {
      ...metadataOf('replicaset', namespace, `${name}-${HASH}`),
      labels: { ...labelsOf(workload), 'pod-template-hash': HASH },
      ownerReferences: ownedBy('Deployment', name),
    },
  };
}

function serviceOf(size: ScaleSize, workload: number) {
  const namespace = namespaceName(workload % size.namespaces);
  return {
    metadata: metadataOf('service', namespace, workloadName(workload)),
    spec: { ports: [{ port: 8080 }] },
  };
}

/** One for the whole namespace, then one a workload. */
export function telemetryOf(
  size: ScaleSize,
  telemetry: number,
  samplingPercent: number,
): KubernetesObject {
  const namespace = namespaceName(telemetry % size.namespaces);
  const isWide = telemetry < size.namespaces;
  return {
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: metadataOf('telemetry', namespace, `tracing-${telemetry}`),
    spec: {
      ...(isWide
        ? {}
        : { selector: { matchLabels: { app: workloadName(telemetry) } } }),
      tracing: [{ randomSamplingPercentage: samplingPercent }],
    },
  };
}

/** The collections of one cluster, by plural. */
export function collectionsOf(
  size: ScaleSize,
  cluster: number,
): Record<string, Collection> {
  const workloads = workloadsOf(size, cluster);
  const namespaces = namespacesOf(size, cluster);
  const perWorkload = (
    make: (size: ScaleSize, workload: number) => KubernetesObject,
  ): Collection => ({
    count: workloads.length,
    at: index => make(size, workloads[index] ?? 0),
  });
  const none: Collection = { count: 0, at: () => telemetryOf(size, 0, 0) };
  return {
    statefulsets: none,
    daemonsets: none,
    cronjobs: none,
    serviceentries: none,
    sidecars: none,
    envoyfilters: none,
    gateways: none,
    gatewayclasses: none,
    pods: {
      count: workloads.length * size.podsPerWorkload,
      at: index =>
        podOf(
          size,
          workloads[Math.floor(index / size.podsPerWorkload)] ?? 0,
          index % size.podsPerWorkload,
        ),
    },
    deployments: perWorkload(deploymentOf),
    replicasets: perWorkload(replicaSetOf),
    services: perWorkload(serviceOf),
    namespaces: {
      count: namespaces.length,
      at: index => ({
        metadata: {
          ...metadataOf('namespace', '', namespaceName(namespaces[index] ?? 0)),
          namespace: undefined,
        },
      }),
    },
    configmaps: {
      count: 1,
      at: () => ({
        metadata: metadataOf('configmap', 'istio-system', 'istio'),
        data: {
          mesh: 'defaultProviders:\n  tracing: [jaeger]\nextensionProviders:\n- name: jaeger\n  opentelemetry:\n    service: jaeger.tracing.svc.cluster.local\n    port: 4317\n',
        },
      }),
    },
  };
}
