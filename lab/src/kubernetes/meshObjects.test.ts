import { envoyBootstrap } from '../components/envoy';
import { createLabLayout } from '../layout/LabLayout';
import { clusterObjects } from './clusterObjects';
import { istioObjects, validatingWebhooks } from './istioObjects';
import { gatewayWorkload, meshWorkloads } from './meshWorkloads';
import { deployedWorkload } from './workloadObjects';

const layout = createLabLayout('127.93.7');
const ofKind = (kind: string) =>
  istioObjects(layout).filter(object => object.kind === kind);

describe('the mesh of the lab', () => {
  it('labels pods as Kubernetes, Istio and a portal would', () => {
    const frontend = meshWorkloads(layout).find(
      ({ name }) => name === 'frontend-v1',
    );

    expect(frontend?.podLabels).toMatchObject({
      app: 'frontend',
      version: 'v1',
      'service.istio.io/canonical-name': 'frontend',
      'service.istio.io/canonical-revision': 'v1',
      'backstage.io/kubernetes-id': 'frontend',
      'pod-template-hash': expect.any(String),
    });
  });

  it('tells the proxy the same labels as the pod has', () => {
    for (const workload of meshWorkloads(layout)) {
      const { node } = envoyBootstrap(layout, workload) as {
        node: { id: string; metadata: { LABELS: object; NAME: string } };
      };
      expect(node.metadata.LABELS).toEqual(workload.podLabels);
      expect(node.id).toContain(`~${workload.podName}.${workload.namespace}~`);
    }
  });

  it('has a proxy container with the variables that tags may read', () => {
    for (const workload of meshWorkloads(layout)) {
      const proxy = deployedWorkload(workload).containers.find(
        ({ name }) => name === 'istio-proxy',
      );
      expect(proxy?.env).toContainEqual({ name: 'PROXY_CONFIG', value: '{}' });
      expect(proxy?.env).toContainEqual({ name: 'DEPLOY_TIER', value: 'lab' });
    }
    expect(deployedWorkload(gatewayWorkload(layout)).containers).toHaveLength(
      1,
    );
  });

  it('has a Sidecar and an endpoint for each pod, on its own address', () => {
    expect(
      ofKind('Sidecar').map(({ spec }) => {
        const { ingress } = spec as { ingress: Array<{ bind: string }> };
        return ingress[0]?.bind;
      }),
    ).toEqual(layout.sidecars.map(({ podAddress }) => podAddress));
    expect(ofKind('WorkloadEntry')).toHaveLength(layout.sidecars.length + 1);
  });

  it('sends spans to both collectors, past one that fails', () => {
    const production = createLabLayout('127.93.7', 'production');
    const objects = istioObjects(production);
    const receivers = objects.filter(
      ({ kind, metadata }) =>
        kind === 'WorkloadEntry' && metadata.namespace === 'istio-system',
    );

    expect(receivers.map(({ spec }) => spec)).toEqual(
      production.collectorAddresses.map(address => ({
        address,
        labels: { app: 'jaeger' },
      })),
    );
    expect(
      objects.find(({ kind }) => kind === 'DestinationRule'),
    ).toMatchObject({
      spec: {
        trafficPolicy: { outlierDetection: { consecutive5xxErrors: 1 } },
      },
    });
  });

  it('counts requests in the production profile only', () => {
    const kinds = (profile: 'plain' | 'production') =>
      istioObjects(createLabLayout('127.93.7', profile)).map(
        ({ kind }) => kind,
      );

    expect(kinds('production')).toContain('EnvoyFilter');
    expect(kinds('plain')).not.toContain('EnvoyFilter');
  });

  it('traces to Jaeger by default', () => {
    const config = clusterObjects(layout).find(
      ({ kind }) => kind === 'ConfigMap',
    );
    const { mesh } = config?.data as { mesh: string };

    expect(JSON.parse(mesh)).toMatchObject({
      rootNamespace: 'istio-system',
      defaultProviders: { tracing: ['jaeger'] },
      extensionProviders: [{ name: 'jaeger', opentelemetry: { port: 4317 } }],
    });
  });

  it('leaves failing closed to istiod, which knows its own authority', () => {
    const hooks = validatingWebhooks(layout).flatMap(
      ({ webhooks }) => webhooks as Array<{ failurePolicy: string }>,
    );

    expect(hooks.map(({ failurePolicy }) => failurePolicy)).toEqual([
      'Ignore',
      'Ignore',
    ]);
  });
});
