import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  meshClustersExtensionPoint,
  traceStoresExtensionPoint,
  type MeshCluster,
  type TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import demoModule from '.';

async function start(data: Parameters<typeof mockServices.rootConfig>[0]) {
  const clusters: MeshCluster[] = [];
  const stores: TraceStore[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        meshClustersExtensionPoint,
        { addCluster: (cluster: MeshCluster) => clusters.push(cluster) },
      ],
      [
        traceStoresExtensionPoint,
        { addTraceStore: (store: TraceStore) => stores.push(store) },
      ],
    ],
    features: [demoModule, mockServices.rootConfig.factory(data)],
  });
  return { backend, clusters, stores };
}

describe('the demo module', () => {
  it('adds a simulated cluster and its trace store, alive', async () => {
    const { backend, clusters, stores } = await start({
      data: { meshTracing: { demo: { enabled: true, history: '20s' } } },
    });
    expect(clusters).toMatchObject([
      { name: 'demo', simulated: true, traceStore: 'demo' },
    ]);
    expect(stores).toMatchObject([{ name: 'demo' }]);
    expect(clusters[0]?.snapshot().workloads.length).toBeGreaterThan(10);
    expect(await stores[0]?.services()).toContain('storefront.shop');
    await backend.stop();
  });

  it('adds nothing unless it is enabled', async () => {
    const { backend, clusters, stores } = await start({ data: {} });
    expect([...clusters, ...stores]).toEqual([]);
    await backend.stop();
  });
});
