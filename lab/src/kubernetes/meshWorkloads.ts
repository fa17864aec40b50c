import type { LabLayout, LabWorkloadName } from '../layout/LabLayout';

export const ISTIO_VERSION = '1.31.0';
export const ROOT_NAMESPACE = 'istio-system';
export const APP_NAMESPACE = 'bookinfo';

/** Environment of every proxy, beside what Istio itself sets. */
export const PROXY_ENVIRONMENT = {
  DEPLOY_TIER: 'lab',
  CLUSTER_REGION: 'loopback-1',
};

const TEMPLATE_HASH = '7d9f6c5b48';

/** One workload of the mesh as its objects and its proxy describe it. */
export interface MeshWorkload {
  name: LabWorkloadName;
  namespace: string;
  app: string;
  version: string;
  proxyType: 'sidecar' | 'router';
  podAddress: string;
  podName: string;
  replicaSetName: string;
  serviceAccount: string;
  /** Labels of the Deployment. */
  labels: Record<string, string>;
  /** Labels that the Deployment selects its pods by. */
  selector: Record<string, string>;
  podLabels: Record<string, string>;
}

function meshWorkload(
  base: Omit<MeshWorkload, 'podName' | 'replicaSetName' | 'podLabels'>,
  revision: string,
): MeshWorkload {
  const replicaSetName = `${base.name}-${TEMPLATE_HASH}`;
  return {
    ...base,
    replicaSetName,
    podName: `${replicaSetName}-x2m4k`,
    podLabels: {
      ...base.labels,
      'pod-template-hash': TEMPLATE_HASH,
      'security.istio.io/tlsMode': 'istio',
      'service.istio.io/canonical-name': base.app,
      'service.istio.io/canonical-revision': revision,
    },
  };
}

/** The ingress gateway of the lab. */
export function gatewayWorkload(layout: LabLayout): MeshWorkload {
  const app = 'istio-ingressgateway';
  const labels = { app, istio: 'ingressgateway' };
  return meshWorkload(
    {
      name: app,
      namespace: ROOT_NAMESPACE,
      app,
      version: 'latest',
      proxyType: 'router',
      podAddress: layout.gatewayAddress,
      serviceAccount: `${app}-service-account`,
      labels,
      selector: labels,
    },
    'latest',
  );
}

/** Every workload that has a proxy: the apps, then the gateway. */
export function meshWorkloads(layout: LabLayout): MeshWorkload[] {
  const sidecars = layout.sidecars.map(({ app, version, name, podAddress }) =>
    meshWorkload(
      {
        name,
        namespace: APP_NAMESPACE,
        app,
        version,
        proxyType: 'sidecar',
        podAddress,
        serviceAccount: `bookinfo-${app}`,
        labels: { app, version, 'backstage.io/kubernetes-id': app },
        selector: { app, version },
      },
      version,
    ),
  );
  return [...sidecars, gatewayWorkload(layout)];
}
