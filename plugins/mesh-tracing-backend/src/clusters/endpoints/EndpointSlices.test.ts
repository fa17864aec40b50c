import { mockLogger } from '../../testing/services/mockLogger';
import {
  sendStatus,
  type FakeApiServer,
} from '../../testing/clusters/FakeApiServer';
import { PATHS, startMeshServer } from '../../testing/clusters/meshFixture';
import { waitFor } from '../../testing/clusters/waitFor';
import { KubernetesMeshCluster } from '../KubernetesMeshCluster';

const SLICES = '/apis/discovery.k8s.io/v1/namespaces/obs/endpointslices';
const COLLECTOR = { namespace: 'obs', name: 'collector' };

function slice(name: string, endpoints: object[]) {
  return {
    metadata: {
      name,
      namespace: 'obs',
      labels: { 'kubernetes.io/service-name': 'collector' },
    },
    endpoints,
  };
}

const endpoint = (pod: string, ready?: boolean | null) => ({
  addresses: ['10.0.0.1'],
  conditions: { ready },
  targetRef: { name: pod },
});

describe('what stands behind a Service', () => {
  let server: FakeApiServer;
  let cluster: KubernetesMeshCluster;
  beforeEach(async () => {
    server = await startMeshServer();
    cluster = KubernetesMeshCluster.create(
      {
        name: 'prod',
        connection: { type: 'serviceAccount', url: server.url, token: 't' },
        istioNamespace: 'istio-system',
        timeoutMs: 2_000,
      },
      { logger: mockLogger() },
    );
  });
  afterEach(async () => {
    await cluster.stop();
    await server.close();
  });

  it('is counted over its slices, a pod of two address families once', async () => {
    server.serve(SLICES, [
      slice('a', [endpoint('p1', true), endpoint('p2', false)]),
      slice('b', [endpoint('p1', true), endpoint('p3'), endpoint('p4', null)]),
    ]);
    expect(await cluster.serviceEndpoints(COLLECTOR)).toMatchObject({
      state: 'read',
      ready: 3,
      notReady: 1,
    });
    const [request] = server.lists(SLICES);
    expect(request?.query.get('labelSelector')).toBe(
      'kubernetes.io/service-name=collector',
    );
  });

  it('is nothing where there is no slice', async () => {
    server.serve(SLICES, []);
    expect(await cluster.serviceEndpoints(COLLECTOR)).toMatchObject({
      state: 'read',
      ready: 0,
      notReady: 0,
    });
  });

  it('is read once for those who look at the same time', async () => {
    server.serve(SLICES, []);
    await Promise.all([1, 2, 3].map(() => cluster.serviceEndpoints(COLLECTOR)));
    expect(server.lists(SLICES)).toHaveLength(1);
  });

  it('is unknown without the right, and the missing rule is named', async () => {
    server.answer(/endpointslices/, (_, response) =>
      sendStatus(response, 403, 'Forbidden', 'forbidden'),
    );
    expect(await cluster.serviceEndpoints(COLLECTOR)).toMatchObject({
      state: 'unknown',
      needs:
        'For the portal\'s identity the RBAC rule { apiGroups: ["discovery.k8s.io"], resources: [endpointslices], verbs: [list] } in the whole cluster.',
    });
  });

  it('is unknown while the API server fails', async () => {
    server.answer(/endpointslices/, (_, response) =>
      sendStatus(response, 500, 'InternalError', 'etcd is away'),
    );
    expect(await cluster.serviceEndpoints(COLLECTOR)).toMatchObject({
      state: 'unknown',
      message: expect.stringContaining('etcd is away'),
    });
  });

  it('counts the machines outside of Kubernetes that the Service selects, too', async () => {
    server.serve(SLICES, []);
    const selector = { app: 'collector', tier: 'obs' };
    server.serve(PATHS.services, [
      { metadata: { name: 'collector', namespace: 'obs' }, spec: { selector } },
    ]);
    const entry = (name: string, labels: object) => ({
      metadata: { name, namespace: 'obs', labels: { tier: 'obs' } },
      spec: { address: '10.1.0.1', labels },
    });
    const path =
      '/apis/networking.istio.io/v1beta1/namespaces/obs/workloadentries';
    server.serve(path, [
      entry('vm-1', { app: 'collector' }),
      entry('vm-2', { app: 'other' }),
    ]);
    await cluster.start();
    await waitFor(() => cluster.snapshot().state === 'synced', 'the sync');
    expect(await cluster.serviceEndpoints(COLLECTOR)).toMatchObject({
      state: 'read',
      ready: 1,
    });
    server.answer(/workloadentries/, (_, response) =>
      sendStatus(response, 403, 'Forbidden', 'forbidden'),
    );
    await new Promise(resolve => setTimeout(resolve, 2_100));
    expect(await cluster.serviceEndpoints(COLLECTOR)).toMatchObject({
      state: 'unknown',
      needs: expect.stringContaining('resources: [workloadentries]'),
    });
  });

  it('is outside for a Service that is another name of a host', async () => {
    server.serve(PATHS.services, [
      {
        metadata: { name: 'collector', namespace: 'obs' },
        spec: { type: 'ExternalName', externalName: 'traces.example.com' },
      },
    ]);
    await cluster.start();
    await waitFor(() => cluster.snapshot().state === 'synced', 'the sync');
    expect(await cluster.serviceEndpoints(COLLECTOR)).toMatchObject({
      state: 'outside',
    });
    expect(server.lists(SLICES)).toEqual([]);
  });
});
