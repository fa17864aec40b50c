import { FakeApiServer } from './FakeApiServer';

/** The collections that a cluster of a mesh has. */
export const PATHS = {
  telemetries: '/apis/telemetry.istio.io/v1/telemetries',
  telemetriesV1alpha1: '/apis/telemetry.istio.io/v1alpha1/telemetries',
  configMaps: '/api/v1/namespaces/istio-system/configmaps',
  pods: '/api/v1/pods',
  services: '/api/v1/services',
  serviceEntries: '/apis/networking.istio.io/v1/serviceentries',
  sidecars: '/apis/networking.istio.io/v1/sidecars',
  envoyFilters: '/apis/networking.istio.io/v1alpha3/envoyfilters',
  deployments: '/apis/apps/v1/deployments',
  replicaSets: '/apis/apps/v1/replicasets',
  statefulSets: '/apis/apps/v1/statefulsets',
  daemonSets: '/apis/apps/v1/daemonsets',
  cronJobs: '/apis/batch/v1/cronjobs',
  namespaces: '/api/v1/namespaces',
  gateways: '/apis/gateway.networking.k8s.io/v1/gateways',
  gatewayClasses: '/apis/gateway.networking.k8s.io/v1/gatewayclasses',
  injectors:
    '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
} as const;

const ISTIO = 'istio-system';

/** A Telemetry as the API server stores it. */
export function telemetryObject(name = 'defaults', percent = 10) {
  return {
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: { name, namespace: 'shop', uid: `uid-of-${name}` },
    spec: { tracing: [{ randomSamplingPercentage: percent }] },
  };
}

/** Istiod's Deployment. */
export function istiodObject(name = 'istiod', revision = 'default') {
  return {
    metadata: {
      name,
      namespace: ISTIO,
      labels: { app: 'istiod', 'istio.io/rev': revision },
    },
    spec: {
      template: {
        metadata: { labels: { app: 'istiod' } },
        spec: {
          containers: [
            {
              name: 'discovery',
              image: 'docker.io/istio/pilot:1.31.0',
              args: ['discovery', '--domain', 'cluster.test'],
              env: [
                { name: 'REVISION', value: revision },
                { name: 'CLUSTER_ID', value: 'east' },
                { name: 'PILOT_TRACE_SAMPLING', value: '2.5' },
                {
                  name: 'ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY',
                  value: 'false',
                },
                { name: 'PASSWORD', value: 'hush' },
              ],
            },
          ],
        },
      },
    },
  };
}

/** A Namespace. */
export function namespaceObject(
  name: string,
  annotations: Record<string, string> = {},
) {
  return { metadata: { name, annotations } };
}

/** A ConfigMap with a mesh config: istiod's own one unless it has another name. */
export function meshConfigObject(mesh: string, name = 'istio') {
  return { metadata: { name, namespace: ISTIO }, data: { mesh } };
}

/** Istiod's Deployment, with the variable `SHARED_MESH_CONFIG`. */
export function istiodSharing(variable: {
  value?: string;
  valueFrom?: object;
}) {
  const istiod = istiodObject();
  const [container] = istiod.spec.template.spec.containers;
  const env: object[] = container?.env ?? [];
  env.push({ name: 'SHARED_MESH_CONFIG', ...variable });
  return istiod;
}

/** An API server with a small mesh: one Deployment with one pod, and istiod. */
export async function startMeshServer(): Promise<FakeApiServer> {
  const server = await FakeApiServer.start();
  const owner = (kind: string, name: string) => ({
    ownerReferences: [{ kind, name, controller: true }],
  });
  const labels = { app: 'cart', 'pod-template-hash': '5d' };
  server.serve(PATHS.telemetries, [telemetryObject()]);
  server.serve(PATHS.configMaps, [
    meshConfigObject('rootNamespace: istio-system\naccessLogFile: ""\n'),
  ]);
  server.serve(PATHS.services, [
    {
      metadata: { name: 'cart', namespace: 'shop' },
      spec: { ports: [{ port: 80 }, { port: 9090 }] },
    },
  ]);
  server.serve(PATHS.serviceEntries, [
    {
      metadata: { name: 'out', namespace: 'shop' },
      spec: { hosts: ['api.example.com'], ports: [{ number: 443 }] },
    },
  ]);
  server.serve(PATHS.deployments, [
    istiodObject(),
    {
      metadata: { name: 'cart', namespace: 'shop', labels: { team: 'a' } },
      spec: { template: { metadata: { labels: { app: 'cart' } } } },
    },
  ]);
  server.serve(PATHS.replicaSets, [
    {
      metadata: {
        name: 'cart-5d',
        namespace: 'shop',
        ...owner('Deployment', 'cart'),
      },
    },
  ]);
  server.serve(PATHS.sidecars);
  server.serve(PATHS.envoyFilters);
  server.serve(PATHS.statefulSets);
  server.serve(PATHS.daemonSets);
  server.serve(PATHS.cronJobs);
  server.serve(PATHS.gateways);
  server.serve(PATHS.gatewayClasses);
  server.serve(PATHS.injectors);
  server.serve(PATHS.namespaces, [namespaceObject('shop')]);
  server.serve(PATHS.pods, [
    {
      metadata: {
        name: 'cart-5d-x',
        namespace: 'shop',
        labels,
        ...owner('ReplicaSet', 'cart-5d'),
      },
      spec: {
        containers: [
          { name: 'app', image: 'cart:1' },
          {
            name: 'istio-proxy',
            image: 'istio/proxyv2:1.30.2',
            env: [{ name: 'PROXY_CONFIG', value: 'tracing:\n  sampling: 5\n' }],
          },
        ],
      },
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
      },
    },
  ]);
  return server;
}
