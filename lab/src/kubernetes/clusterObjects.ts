import { PORTS, type LabLayout } from '../layout/LabLayout';
import { APP_NAMESPACE, meshWorkloads, ROOT_NAMESPACE } from './meshWorkloads';
import type { KubeObject } from './resourcePath';

/** The mesh configuration of the lab, as istiod reads it. */
export function meshConfig(layout: LabLayout): object {
  return {
    rootNamespace: ROOT_NAMESPACE,
    trustDomain: 'cluster.local',
    enableAutoMtls: false,
    // A metrics provider would bring Istio's stats filter, which Envoy's own
    // release does not have.
    defaultProviders: { tracing: ['jaeger'] },
    extensionProviders: [
      {
        name: 'jaeger',
        opentelemetry: {
          service: 'jaeger-collector.istio-system.svc.cluster.local',
          port: PORTS.otlpGrpc,
        },
      },
    ],
    defaultConfig: {
      discoveryAddress: `${layout.controlAddress}:${PORTS.istiodSecureXds}`,
    },
    accessLogFile: '',
  };
}

function service(
  name: string,
  namespace: string,
  selector: Record<string, string>,
  ports: Array<{ name: string; port: number; targetPort: number }>,
  labels: Record<string, string> = selector,
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels },
    spec: { selector, ports },
  };
}

/** Namespaces: the root, the apps', and the portal's own. */
export function namespaces(): KubeObject[] {
  const namespace = (name: string, labels?: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, ...(labels && { labels }) },
  });
  return [
    namespace(ROOT_NAMESPACE),
    namespace(APP_NAMESPACE, { 'istio-injection': 'enabled' }),
    namespace('backstage'),
  ];
}

/** Mesh configuration, accounts, services and the node that pods run on. */
export function clusterObjects(layout: LabLayout): KubeObject[] {
  const accounts = new Map(
    meshWorkloads(layout).map(({ serviceAccount, namespace }) => [
      serviceAccount,
      namespace,
    ]),
  );
  const apps = new Set(layout.sidecars.map(({ app }) => app));
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'istio',
        namespace: ROOT_NAMESPACE,
        labels: { 'istio.io/rev': 'default' },
      },
      data: {
        mesh: JSON.stringify(meshConfig(layout), null, 2),
        meshNetworks: 'networks: {}',
      },
    },
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'lab-node' } },
    ...[...accounts].map(([name, namespace]) => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace },
    })),
    ...[...apps].map(app =>
      service(app, APP_NAMESPACE, { app }, [
        { name: 'http', port: PORTS.service, targetPort: PORTS.service },
      ]),
    ),
    service(
      'istio-ingressgateway',
      ROOT_NAMESPACE,
      { app: 'istio-ingressgateway', istio: 'ingressgateway' },
      [{ name: 'http2', port: 80, targetPort: PORTS.gateway }],
    ),
    service('jaeger-collector', ROOT_NAMESPACE, { app: 'jaeger' }, [
      { name: 'grpc-otlp', port: PORTS.otlpGrpc, targetPort: PORTS.otlpGrpc },
      { name: 'http-zipkin', port: PORTS.zipkin, targetPort: PORTS.zipkin },
      {
        name: 'http-query',
        port: PORTS.jaegerQuery,
        targetPort: PORTS.jaegerQuery,
      },
    ]),
  ];
}
