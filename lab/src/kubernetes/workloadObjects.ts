import type { KubeApi } from './KubeApi';
import {
  ISTIO_VERSION,
  PROXY_ENVIRONMENT,
  type MeshWorkload,
} from './meshWorkloads';
import type { KubeObject } from './resourcePath';

/** A Deployment with what its controllers and a kubelet would add. */
export interface DeployedWorkload {
  name: string;
  namespace: string;
  replicaSetName: string;
  podName: string;
  podAddress: string;
  labels: Record<string, string>;
  selector: Record<string, string>;
  podLabels: Record<string, string>;
  podAnnotations: Record<string, string>;
  serviceAccount: string;
  containers: Array<{ name: string; image: string; [field: string]: unknown }>;
}

function proxyContainer(workload: MeshWorkload) {
  return {
    name: 'istio-proxy',
    image: `docker.io/istio/proxyv2:${ISTIO_VERSION}`,
    args: [
      'proxy',
      workload.proxyType,
      '--domain',
      `${workload.namespace}.svc.cluster.local`,
    ],
    env: [
      { name: 'PROXY_CONFIG', value: '{}' },
      { name: 'ISTIO_META_CLUSTER_ID', value: 'Kubernetes' },
      ...Object.entries(PROXY_ENVIRONMENT).map(([name, value]) => ({
        name,
        value,
      })),
    ],
  };
}

/**
 * The Deployment of a workload.
 *
 * @param revision - that gave a sidecar's pod its proxy; null for a pod without
 */
export function deployedWorkload(
  workload: MeshWorkload,
  revision: string | null = 'default',
): DeployedWorkload {
  const app = {
    name: workload.app,
    image: `docker.io/istio/examples-bookinfo-${workload.app}-${workload.version}:1.20.3`,
    ports: [{ containerPort: 9080 }],
  };
  if (workload.proxyType !== 'sidecar') {
    const containers = [proxyContainer(workload)];
    return { ...workload, podAnnotations: {}, containers };
  }
  if (revision === null) {
    return { ...workload, podAnnotations: {}, containers: [app] };
  }
  return {
    ...workload,
    podAnnotations: {
      'sidecar.istio.io/status': JSON.stringify({
        initContainers: ['istio-init'],
        containers: ['istio-proxy'],
        revision,
      }),
    },
    containers: [app, proxyContainer(workload)],
  };
}

/** istiod's own Deployment, from which its version and settings can be read. */
export function istiodWorkload(address: string): DeployedWorkload {
  const labels = { app: 'istiod', istio: 'pilot', 'istio.io/rev': 'default' };
  const hash = '6c8d5b7f9';
  return {
    name: 'istiod',
    namespace: 'istio-system',
    replicaSetName: `istiod-${hash}`,
    podName: `istiod-${hash}-lab01`,
    podAddress: address,
    labels,
    selector: labels,
    podLabels: { ...labels, 'pod-template-hash': hash },
    podAnnotations: {},
    serviceAccount: 'istiod',
    containers: [
      {
        name: 'discovery',
        image: `docker.io/istio/pilot:${ISTIO_VERSION}`,
        args: ['discovery'],
        env: [
          { name: 'REVISION', value: 'default' },
          { name: 'PILOT_CERT_PROVIDER', value: 'istiod' },
          { name: 'CLUSTER_ID', value: 'Kubernetes' },
        ],
      },
    ],
  };
}

function controlled(parent: KubeObject) {
  const { uid, name } = parent.metadata;
  return [
    {
      apiVersion: parent.apiVersion,
      kind: parent.kind,
      name,
      uid,
      controller: true,
      blockOwnerDeletion: true,
    },
  ];
}

function podStatus(workload: DeployedWorkload, now: string) {
  const conditions = [
    'Initialized',
    'PodScheduled',
    'ContainersReady',
    'Ready',
  ];
  return {
    phase: 'Running',
    podIP: workload.podAddress,
    podIPs: [{ ip: workload.podAddress }],
    hostIP: '127.0.0.1',
    startTime: now,
    conditions: conditions.map(type => ({
      type,
      status: 'True',
      lastTransitionTime: now,
    })),
    containerStatuses: workload.containers.map(({ name, image }) => ({
      name,
      image,
      imageID: image,
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: now } },
    })),
  };
}

const replicaCounts = {
  observedGeneration: 1,
  replicas: 1,
  readyReplicas: 1,
  availableReplicas: 1,
};

function podSpec({ serviceAccount, containers }: DeployedWorkload) {
  return { serviceAccountName: serviceAccount, containers };
}

function podTemplate(workload: DeployedWorkload) {
  const { podLabels, podAnnotations } = workload;
  return {
    metadata: { labels: podLabels, annotations: podAnnotations },
    spec: podSpec(workload),
  };
}

function deploymentOf(workload: DeployedWorkload): KubeObject {
  const { name, namespace, labels, selector } = workload;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: selector },
      template: podTemplate(workload),
    },
  };
}

function replicaSetOf(
  workload: DeployedWorkload,
  deployment: KubeObject,
): KubeObject {
  const { namespace, podLabels, selector } = workload;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: workload.replicaSetName,
      namespace,
      labels: podLabels,
      ownerReferences: controlled(deployment),
    },
    spec: {
      replicas: 1,
      selector: {
        matchLabels: {
          ...selector,
          'pod-template-hash': podLabels['pod-template-hash'],
        },
      },
      template: podTemplate(workload),
    },
  };
}

function podOf(workload: DeployedWorkload, replicaSet: KubeObject): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: workload.podName,
      namespace: workload.namespace,
      labels: workload.podLabels,
      annotations: workload.podAnnotations,
      ownerReferences: controlled(replicaSet),
    },
    spec: { ...podSpec(workload), nodeName: 'lab-node' },
  };
}

/** Writes Deployment, ReplicaSet and Pod, and the status of each. */
export async function applyWorkload(
  api: KubeApi,
  workload: DeployedWorkload,
): Promise<void> {
  const deployment = deploymentOf(workload);
  const replicaSet = replicaSetOf(workload, await api.apply(deployment));
  const pod = podOf(workload, await api.apply(replicaSet));
  await api.apply(pod);
  const now = new Date().toISOString().replace(/\.\d+/, '');
  const applyStatus = (
    { apiVersion, kind, metadata }: KubeObject,
    status: object,
  ) =>
    api.apply(
      {
        apiVersion,
        kind,
        metadata: { name: metadata.name, namespace: workload.namespace },
        status,
      },
      { subresource: 'status', fieldManager: 'lab-status' },
    );
  await Promise.all([
    applyStatus(pod, podStatus(workload, now)),
    applyStatus(replicaSet, replicaCounts),
    applyStatus(deployment, { ...replicaCounts, updatedReplicas: 1 }),
  ]);
}
