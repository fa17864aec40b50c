import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import { mockLogger } from '../testing/services/mockLogger';
import type { ClusterConfig } from './ClusterConfig';
import { KubernetesMeshCluster } from './KubernetesMeshCluster';
import { createProxyConfigParser } from './mesh/parseProxyConfig';
import {
  sendJson,
  sendStatus,
  type FakeApiServer,
} from '../testing/clusters/FakeApiServer';
import {
  PATHS,
  istiodObject,
  istiodSharing,
  meshConfigObject,
  namespaceObject,
  startMeshServer,
  telemetryObject,
} from '../testing/clusters/meshFixture';
import { waitFor } from '../testing/clusters/waitFor';
import { DEFAULT_WATCH_TIMES } from './watch/ResourceWatch';

const TOKEN = 'planted-secret-token';
const NOW_MS = Date.parse('2026-12-24T18:00:00Z');

describe('KubernetesMeshCluster', () => {
  let server: FakeApiServer;
  let cluster: KubernetesMeshCluster;
  const logger = mockLogger();

  beforeEach(async () => {
    jest.clearAllMocks();
    server = await startMeshServer();
    cluster = create();
  });

  afterEach(async () => {
    await cluster.stop();
    await server.close();
  });

  function create(config: Partial<ClusterConfig> = {}): KubernetesMeshCluster {
    return KubernetesMeshCluster.create(
      {
        name: 'prod',
        connection: { type: 'serviceAccount', url: server.url, token: TOKEN },
        istioNamespace: 'istio-system',
        timeoutMs: 2_000,
        ...config,
      },
      {
        logger,
        watchTimes: {
          ...DEFAULT_WATCH_TIMES,
          backoffBaseMs: 10,
          backoffMaxMs: 40,
          refusedMs: 20,
          shortMs: 0,
        },
      },
    );
  }

  async function synced(): Promise<void> {
    await cluster.start();
    await waitFor(() => cluster.snapshot().state === 'synced', 'the sync');
  }

  function forbid(path: string): () => void {
    return server.answer(new RegExp(`^GET ${path}`), (_, response) =>
      sendStatus(response, 403, 'Forbidden', 'forbidden'),
    );
  }

  it('closes the connection of a read that nobody waits for', async () => {
    let open: { closed: boolean } | undefined;
    server.answer(/^GET .*telemetries\/mine/, (_, response) => {
      open = response;
    });
    const gone = new AbortController();
    const answer = cluster.getTelemetry('shop', 'mine', {
      signal: gone.signal,
    });
    await waitFor(() => open !== undefined, 'the request');
    gone.abort(new Error('left'));
    await expect(answer).rejects.toThrow('left');
    await waitFor(() => open?.closed ?? false, 'the end of the connection');
  });

  describe('snapshot', () => {
    it('is empty and syncing before the start', () => {
      const snapshot = cluster.snapshot();
      expect(snapshot).toMatchObject({ cluster: 'prod', state: 'syncing' });
      expect(snapshot.syncedAtMs).toBeUndefined();
      expect(snapshot.workloads).toEqual([]);
    });

    it('counts as synced at the moment it is taken, while every watch is open', async () => {
      const takenAt = (nowMs: number) => {
        const now = jest.spyOn(Date, 'now').mockReturnValue(nowMs);
        const { syncedAtMs } = cluster.snapshot();
        now.mockRestore();
        return syncedAtMs;
      };
      await synced();
      // The state is synced after the lists, before the last watch is open.
      await waitFor(() => takenAt(NOW_MS) === NOW_MS, 'the watches');
      expect(takenAt(NOW_MS + 1)).toBe(NOW_MS + 1);
    });

    it('holds what decides about tracing', async () => {
      await synced();
      const { inputs, workloads, problems } = cluster.snapshot();
      expect(problems).toEqual([]);
      expect(inputs).toMatchObject({
        meshConfig: { rootNamespace: 'istio-system' },
        meshConfigKnown: true,
        telemetries: [
          { metadata: { name: 'defaults', resourceVersion: '101' } },
        ],
        istiod: {
          version: '1.31.0',
          revision: 'default',
          traceSamplingPercent: 2.5,
          selectorBasedGatewayPolicy: false,
          environmentKnown: true,
        },
      });
      expect([...(inputs.knownServices ?? [])].sort()).toEqual([
        'api.example.com:443',
        'cart.shop.svc.cluster.test:80',
        'cart.shop.svc.cluster.test:9090',
      ]);
      expect(workloads).toMatchObject([
        { name: 'istiod', proxy: 'none', pods: [] },
        {
          cluster: 'prod',
          namespace: 'shop',
          kind: 'Deployment',
          name: 'cart',
          labels: { app: 'cart' },
          ownerLabels: { team: 'a' },
          proxy: 'sidecar',
          proxyVersion: '1.30.2',
          proxyConfig: { tracing: { sampling: 5 } },
        },
      ]);
      expect(JSON.stringify(cluster.snapshot())).not.toContain('hush');
    });

    it('keeps the workloads while only Telemetries change, and the Telemetries while only workloads do', async () => {
      await synced();
      const first = cluster.snapshot();
      server.put(PATHS.telemetries, telemetryObject('another'));
      await waitFor(
        () => cluster.snapshot().inputs !== first.inputs,
        'the Telemetry',
      );
      const second = cluster.snapshot();
      expect(second.workloads).toBe(first.workloads);
      server.put(PATHS.pods, {
        metadata: { name: 'alone', namespace: 'shop' },
      });
      await waitFor(
        () => cluster.snapshot().workloads !== first.workloads,
        'the pod',
      );
      expect(cluster.snapshot().inputs).toBe(second.inputs);
      expect(cluster.snapshot().workloads).toHaveLength(3);
    });

    it('is the same object until something changes', async () => {
      await synced();
      const first = cluster.snapshot();
      expect(cluster.snapshot().workloads).toBe(first.workloads);
      server.put(PATHS.telemetries, telemetryObject('defaults', 50));
      await waitFor(
        () => cluster.snapshot().inputs !== first.inputs,
        'the change',
      );
      expect(cluster.snapshot().inputs.telemetries[0]?.spec?.tracing).toEqual([
        { randomSamplingPercentage: 50 },
      ]);
    });

    it('is stale while the API server is away, and keeps its content', async () => {
      await synced();
      const { port } = server;
      await server.close();
      await waitFor(() => cluster.snapshot().state === 'stale', 'staleness');
      const { workloads, problems } = cluster.snapshot();
      expect(workloads).toHaveLength(2);
      expect(problems).toEqual([
        {
          what: 'API server',
          message: expect.stringMatching(
            /^The API server of cluster 'prod' can not be reached: .*ECONN/,
          ),
          whatToDo: expect.stringContaining('tries again by itself'),
        },
      ]);
      await server.listen(port);
      await waitFor(() => cluster.snapshot().state === 'synced', 'recovery');
      expect(cluster.snapshot().problems).toEqual([]);
    });

    it('takes defaults for what it may not read, and names the missing RBAC rule', async () => {
      forbid(PATHS.configMaps);
      forbid(PATHS.deployments);
      forbid(PATHS.serviceEntries);
      await synced();
      const { inputs, workloads, problems } = cluster.snapshot();
      expect(inputs).toMatchObject({
        meshConfig: {},
        meshConfigKnown: false,
        istiod: { environmentKnown: false },
      });
      expect(inputs.knownServices).toBeUndefined();
      expect(workloads).toMatchObject([{ kind: 'Deployment', name: 'cart' }]);
      expect(problems).toEqual([
        {
          what: 'mesh config',
          message:
            "The portal may not read the ConfigMap 'istio' in namespace 'istio-system' of cluster 'prod'.",
          whatToDo: `Grant the portal's identity the RBAC rule { apiGroups: [""], resources: [configmaps], resourceNames: [istio], verbs: [get, list, watch] } in namespace 'istio-system'.`,
        },
        expect.objectContaining({
          what: 'deployments',
          whatToDo: `Grant the portal's identity the RBAC rule { apiGroups: ["apps"], resources: [deployments], verbs: [get, list, watch] } in the whole cluster.`,
        }),
        expect.objectContaining({ what: 'serviceentries' }),
      ]);
    });

    it('takes the id of the cluster from the CLUSTER_ID of istiod', async () => {
      await synced();
      const [cart] = cluster
        .snapshot()
        .workloads.filter(({ name }) => name === 'cart');
      expect(cart).toMatchObject({ cluster: 'prod', clusterId: 'east' });
    });

    it.each([
      ['Kubernetes', 'is not set', []],
      [
        undefined,
        'comes from elsewhere',
        [{ name: 'CLUSTER_ID', valueFrom: { secretKeyRef: {} } }],
      ],
    ])(
      'takes %s as the id of a cluster whose CLUSTER_ID %s',
      async (expected, _, environment) => {
        const istiod = istiodObject();
        istiod.spec.template.spec.containers[0]!.env = environment as never;
        server.put(PATHS.deployments, istiod);
        await synced();
        expect(cluster.snapshot().workloads[0]?.clusterId).toBe(expected);
      },
    );

    describe('of a CronJob', () => {
      const cronJob = {
        metadata: { name: 'nightly', namespace: 'shop' },
        spec: {
          jobTemplate: {
            spec: { template: { metadata: { labels: { app: 'nightly' } } } },
          },
        },
      };
      const nightly = () =>
        cluster.snapshot().workloads.filter(({ name }) => name === 'nightly');

      it('holds the CronJob while no pod of it runs', async () => {
        await synced();
        server.put(PATHS.cronJobs, cronJob);
        await waitFor(() => nightly().length > 0, 'the CronJob');
        expect(nightly()).toMatchObject([
          { kind: 'CronJob', labels: { app: 'nightly' }, pods: [] },
        ]);
      });

      it('leaves the CronJob out, and reports no problem, where CronJobs may not be read', async () => {
        forbid(PATHS.cronJobs);
        await synced();
        expect(cluster.snapshot().problems).toEqual([]);
        expect(nightly()).toEqual([]);
      });
    });

    it('follows Sidecars and the EnvoyFilters that touch tracing, without their patches', async () => {
      server.serve(PATHS.sidecars, [
        {
          metadata: { name: 'default', namespace: 'shop' },
          spec: { egress: [{ hosts: ['./*'] }] },
        },
      ]);
      const filter = (name: string, value: object) => ({
        metadata: { name, namespace: 'shop' },
        spec: { configPatches: [{ patch: { value } }] },
      });
      server.serve(PATHS.envoyFilters, [
        filter('sampling', { tracing: { random_sampling: { value: 1 } } }),
        filter('idle', { stream_idle_timeout: '5s' }),
      ]);
      await synced();
      expect(cluster.snapshot().inputs).toMatchObject({
        sidecars: [{ namespace: 'shop', name: 'default', hosts: ['./*'] }],
        envoyFilters: [
          { namespace: 'shop', name: 'sampling', touches: ['tracing'] },
        ],
      });
      expect(JSON.stringify(cluster.snapshot().inputs)).not.toContain(
        'random_sampling',
      );
    });

    it('works on without Sidecars and EnvoyFilters that it may not read, and says so', async () => {
      forbid(PATHS.sidecars);
      forbid(PATHS.envoyFilters);
      await synced();
      const { inputs, problems } = cluster.snapshot();
      expect(inputs).not.toHaveProperty('sidecars');
      expect(inputs).not.toHaveProperty('envoyFilters');
      expect(problems).toMatchObject([
        {
          what: 'sidecars',
          whatToDo: expect.stringContaining('resources: [sidecars]'),
        },
        {
          what: 'envoyfilters',
          whatToDo: expect.stringContaining('resources: [envoyfilters]'),
        },
      ]);
    });

    describe('of an ambient mesh', () => {
      const pod = (name: string, labels: object, container: object) => ({
        metadata: { name, namespace: 'shop', labels },
        spec: { containers: [container] },
        status: { phase: 'Running' },
      });
      const gateway = {
        metadata: { name: 'wp', namespace: 'shop' },
        spec: {
          gatewayClassName: 'istio-waypoint',
          listeners: [{ port: 15008, protocol: 'HBONE' }],
        },
        status: { addresses: [{ type: 'Hostname', value: 'wp' }] },
      };
      const routes = () =>
        cluster
          .snapshot()
          .workloads.find(({ name }) => name === 'pay')
          ?.routes?.map(({ to, state, proxy }) => [
            to.kind,
            state,
            proxy?.name,
          ]);

      beforeEach(() => {
        server.serve(PATHS.namespaces, [
          {
            metadata: {
              name: 'shop',
              labels: {
                'istio.io/dataplane-mode': 'ambient',
                'istio.io/use-waypoint': 'wp',
              },
            },
          },
        ]);
        server.serve(PATHS.services, [
          {
            metadata: { name: 'pay', namespace: 'shop' },
            spec: { ports: [{ port: 80 }], selector: { app: 'pay' } },
          },
        ]);
        server.serve(PATHS.pods, [
          pod('pay', { app: 'pay' }, { name: 'app' }),
          pod(
            'wp',
            { 'gateway.networking.k8s.io/gateway-name': 'wp' },
            { name: 'istio-proxy', args: ['proxy', 'waypoint'] },
          ),
        ]);
        server.serve(PATHS.gateways, [gateway]);
      });

      it('knows which waypoint stands before a workload, and follows it', async () => {
        await synced();
        expect(routes()).toEqual([
          ['Service', 'waypoint', 'wp'],
          ['Workload', 'other-traffic', 'wp'],
        ]);
        await waitFor(
          () => server.watchCount(PATHS.gateways) > 0,
          'the watch of gateways',
        );
        server.put(PATHS.gateways, {
          ...gateway,
          metadata: {
            ...gateway.metadata,
            labels: { 'istio.io/waypoint-for': 'all' },
          },
        });
        await waitFor(
          () => routes()?.[1]?.[1] === 'waypoint',
          'the way to the pods',
        );
        const pay = cluster
          .snapshot()
          .workloads.find(({ name }) => name === 'pay');
        expect(pay).toMatchObject({ proxy: 'none', ambient: true });
      });

      it('goes by the pods of waypoints where it may not read Gateways, and says so', async () => {
        forbid(PATHS.gateways);
        forbid(PATHS.gateways.replace('/v1/', '/v1beta1/'));
        await synced();
        expect(routes()?.[0]).toEqual(['Service', 'waypoint', 'wp']);
        expect(cluster.snapshot().problems).toMatchObject([
          {
            what: 'gateways',
            message: expect.stringContaining('waypoints'),
            whatToDo: expect.stringContaining('resources: [gateways]'),
          },
        ]);
      });

      it('has no waypoint in a cluster without the Gateway API, and no problem', async () => {
        server.answer(/^GET .*gateway\.networking/, (_, response) =>
          sendStatus(response, 404, 'NotFound', 'no such kind'),
        );
        await synced();
        expect(routes()?.[0]?.[1]).toBe('waypoint-missing');
        expect(cluster.snapshot().problems).toEqual([]);
      });
    });

    it('says nothing of Gateways that it may not read in a mesh of sidecars', async () => {
      forbid(PATHS.gateways);
      forbid(PATHS.gatewayClasses);
      await synced();
      expect(cluster.snapshot().problems).toEqual([]);
    });

    it('follows what namespaces say of repositories, from their metadata only', async () => {
      await synced();
      expect([...(cluster.snapshot().namespaces ?? [])]).toEqual([
        ['shop', { name: 'shop' }],
      ]);
      await waitFor(
        () => server.watchCount(PATHS.namespaces) > 0,
        'the watch of namespaces',
      );
      server.put(
        PATHS.namespaces,
        namespaceObject('shop', { 'meshtracing.io/gitops': 'flux' }),
      );
      await waitFor(
        () =>
          cluster.snapshot().namespaces?.get('shop')?.annotation?.tool ===
          'flux',
        'the annotation',
      );
      for (const { headers } of server.seen('GET', PATHS.namespaces)) {
        expect(headers.accept).toContain('PartialObjectMetadata');
      }
    });

    it('follows which namespaces ask for proxies and since when, and who adds them', async () => {
      server.serve(PATHS.injectors, [
        {
          metadata: {
            name: 'istio-revision-tag-prod',
            labels: {
              app: 'sidecar-injector',
              'istio.io/rev': '1-31',
              'istio.io/tag': 'prod',
            },
          },
        },
      ]);
      const namespace = namespaceObject('shop');
      server.serve(PATHS.namespaces, [
        {
          metadata: {
            ...namespace.metadata,
            labels: { 'istio.io/rev': 'prod', team: 'a' },
            managedFields: [
              {
                manager: 'helm',
                time: '2026-01-01T00:00:00Z',
                fieldsV1: { 'f:metadata': { 'f:labels': { 'f:team': {} } } },
              },
              {
                manager: 'kubectl-label',
                time: '2026-02-01T00:00:00Z',
                fieldsV1: {
                  'f:metadata': { 'f:labels': { 'f:istio.io/rev': {} } },
                },
              },
            ],
          },
        },
      ]);
      await synced();
      const { injection } = cluster.snapshot();
      expect(injection?.namespaces?.get('shop')).toEqual({
        labels: { 'istio.io/rev': 'prod' },
        setByMs: { 'istio.io/rev': Date.parse('2026-02-01T00:00:00Z') },
      });
      expect(injection?.injectors).toEqual([{ revision: '1-31', tag: 'prod' }]);
      const [seen] = server.lists(PATHS.injectors);
      expect(seen?.query.get('labelSelector')).toBe('app=sidecar-injector');
      expect(seen?.headers.accept).toContain('PartialObjectMetadata');
    });

    it('knows no injectors where it may not read them, and that is no problem', async () => {
      forbid(`${PATHS.injectors}[?]`);
      await synced();
      const { injection, problems } = cluster.snapshot();
      expect(injection).toHaveProperty('namespaces');
      expect(injection?.injectors).toBeUndefined();
      expect(problems).toEqual([]);
    });

    it('is stale, and not as before its first read, when the API server goes away after it refused something', async () => {
      forbid(`${PATHS.injectors}[?]`);
      await synced();
      await server.close();
      const states = new Set<string>();
      await waitFor(() => {
        states.add(cluster.snapshot().state);
        const { problems } = cluster.snapshot();
        return problems.some(({ what }) => what === 'API server');
      }, 'the loss of the API server');
      await new Promise(resolve => setTimeout(resolve, 100));
      states.add(cluster.snapshot().state);
      expect(states).not.toContain('syncing');
      expect(cluster.snapshot().state).toBe('stale');
      server = await startMeshServer();
    });

    it('works on where it may not read namespaces, and says what is unknown without them', async () => {
      forbid(`${PATHS.namespaces}[?]`);
      await synced();
      const { namespaces, problems, workloads } = cluster.snapshot();
      expect(namespaces).toBeUndefined();
      expect(workloads).toHaveLength(2);
      expect(problems).toEqual([
        {
          what: 'namespaces',
          message:
            "The portal may not read namespaces of cluster 'prod', so their GitOps annotations are unknown, and only the configuration tells which namespaces belong to a repository.",
          whatToDo: `Grant the portal's identity the RBAC rule { apiGroups: [""], resources: [namespaces], verbs: [get, list, watch] } in the whole cluster.`,
        },
      ]);
    });

    it('says that Istio is missing', async () => {
      server.answer(
        /telemetry\.istio\.io|networking\.istio\.io/,
        (_, response) => sendStatus(response, 404, 'NotFound', 'not found'),
      );
      server.serve(PATHS.configMaps);
      server.serve(PATHS.deployments);
      await synced();
      const { problems, inputs } = cluster.snapshot();
      expect(problems.map(({ what }) => what)).toEqual([
        'telemetries',
        'mesh config',
        'istiod',
      ]);
      // A cluster without the ServiceEntry API has no ServiceEntries, which is no gap.
      expect(inputs.knownServices?.size).toBe(2);
    });

    it('says that the credentials are refused', async () => {
      server.answer(/GET/, (_, response) =>
        sendStatus(response, 401, 'Unauthorized', 'Unauthorized'),
      );
      await cluster.start();
      await waitFor(() => cluster.snapshot().problems.length > 0, 'problems');
      expect(cluster.snapshot()).toMatchObject({
        state: 'syncing',
        problems: [
          {
            what: 'API server',
            message: expect.stringContaining("does not accept the portal's"),
          },
        ],
      });
    });

    it.each(['- not\n- a mapping', '{ broken: ['])(
      'reports a mesh config like %j, and works on with defaults',
      async mesh => {
        server.serve(PATHS.configMaps, [meshConfigObject(mesh)]);
        await synced();
        const { inputs, problems } = cluster.snapshot();
        expect(inputs.meshConfigKnown).toBe(false);
        expect(problems).toMatchObject([{ what: 'mesh config' }]);
      },
    );

    it('follows the configured revision and root namespace', async () => {
      await cluster.stop();
      server.serve(PATHS.configMaps, [
        meshConfigObject('rootNamespace: a'),
        {
          metadata: { name: 'istio-blue', namespace: 'istio-system' },
          data: { mesh: 'rootNamespace: b\nenableTracing: false' },
        },
      ]);
      server.put(PATHS.deployments, istiodObject('istiod-blue', 'blue'));
      cluster = create({ revision: 'blue', rootNamespace: 'c' });
      await synced();
      expect(cluster.snapshot().inputs).toMatchObject({
        meshConfig: { rootNamespace: 'c', enableTracing: false },
        istiod: { revision: 'blue' },
      });
      expect(
        server.lists(PATHS.configMaps)[0]?.query.get('fieldSelector'),
      ).toBe('metadata.name=istio-blue');
    });
  });

  describe('the mesh config', () => {
    const SHARED = 'istio-shared';
    const sharesAs = (value: string) =>
      server.put(PATHS.deployments, istiodSharing({ value }));
    const meshConfig = () => cluster.snapshot().inputs.meshConfig;

    it('is read as YAML 1.1, in either spelling, and so is what pods report', async () => {
      server.serve(PATHS.configMaps, [
        meshConfigObject(
          'enable_tracing: off\ndefaultConfig: {tracing: {sampling: "1e1"}}',
        ),
      ]);
      await synced();
      expect(meshConfig()).toEqual({
        enableTracing: false,
        defaultConfig: { tracing: { sampling: 10 } },
      });
      expect(createProxyConfigParser()('holdApplication: on')).toEqual({
        holdApplication: true,
      });
    });

    it('takes precedence over the ConfigMap that SHARED_MESH_CONFIG names, which is watched as well', async () => {
      sharesAs(SHARED);
      server.put(
        PATHS.configMaps,
        meshConfigObject('defaultConfig: {tracing: {sampling: 30}}', SHARED),
      );
      await synced();
      expect(cluster.snapshot()).toMatchObject({
        problems: [],
        inputs: {
          meshConfigKnown: true,
          meshConfig: {
            rootNamespace: 'istio-system',
            defaultConfig: { tracing: { sampling: 30 } },
          },
        },
      });
      await waitFor(
        () => server.watchCount(PATHS.configMaps) === 2,
        'the watch of the shared ConfigMap',
      );
      server.put(
        PATHS.configMaps,
        meshConfigObject('defaultConfig: {tracing: {sampling: 40}}', SHARED),
      );
      await waitFor(
        () => meshConfig().defaultConfig?.tracing?.sampling === 40,
        'the change of the shared ConfigMap',
      );
    });

    it('follows istiod to another shared ConfigMap, and to none', async () => {
      server.put(PATHS.configMaps, meshConfigObject('trustDomain: one', 'one'));
      server.put(PATHS.configMaps, meshConfigObject('trustDomain: two', 'two'));
      await synced();
      await waitFor(
        () => server.watchCount(PATHS.deployments) > 0,
        'the watch of Deployments',
      );
      for (const name of ['one', 'two']) {
        sharesAs(name);
        await waitFor(() => meshConfig().trustDomain === name, name);
      }
      server.put(PATHS.deployments, istiodObject());
      await waitFor(() => meshConfig().trustDomain === undefined, 'none');
      expect(cluster.snapshot().inputs.meshConfigKnown).toBe(true);
    });

    it('is known where the shared ConfigMap does not exist', async () => {
      sharesAs(SHARED);
      await synced();
      expect(cluster.snapshot()).toMatchObject({
        problems: [],
        inputs: { meshConfigKnown: true },
      });
    });

    it('is not known where the shared ConfigMap may not be read, and the missing RBAC rule is named', async () => {
      sharesAs(SHARED);
      server.answer(
        new RegExp(`^GET ${PATHS.configMaps}.*${SHARED}`),
        (_, response) => sendStatus(response, 403, 'Forbidden', 'forbidden'),
      );
      await synced();
      expect(cluster.snapshot().inputs).toMatchObject({
        meshConfig: { rootNamespace: 'istio-system' },
        meshConfigKnown: false,
      });
      expect(cluster.snapshot().problems).toEqual([
        {
          what: 'shared mesh config',
          message: expect.stringContaining(
            `may not read the ConfigMap '${SHARED}' in namespace 'istio-system' of cluster 'prod', which istiod merges into the mesh config`,
          ),
          whatToDo: expect.stringContaining(`resourceNames: [${SHARED}]`),
        },
      ]);
    });

    it('is not known where nobody can tell which ConfigMap is shared', async () => {
      server.put(
        PATHS.deployments,
        istiodSharing({ valueFrom: { configMapKeyRef: { name: 'x' } } }),
      );
      await synced();
      expect(cluster.snapshot().inputs.meshConfigKnown).toBe(false);
      expect(cluster.snapshot().problems).toMatchObject([
        { what: 'shared mesh config' },
      ]);
    });

    it.each([
      ['mesh config', 'istio'],
      ['shared mesh config', SHARED],
    ])('says why istiod does not take a %s', async (what, name) => {
      sharesAs(SHARED);
      server.put(PATHS.configMaps, meshConfigObject('rootNamespace: 12', name));
      await synced();
      expect(cluster.snapshot().inputs.meshConfigKnown).toBe(false);
      expect(cluster.snapshot().problems).toEqual([
        {
          what,
          message: expect.stringContaining(
            `'${name}' in namespace 'istio-system' of cluster 'prod': rootNamespace must be text, but is a number.`,
          ),
          whatToDo: "Correct the ConfigMap's key 'mesh'.",
        },
      ]);
    });
  });

  describe('subscribe', () => {
    it('tells of many changes at once, until unsubscribed', async () => {
      await synced();
      let calls = 0;
      const heard = new Promise<void>(resolve => {
        cluster.subscribe(() => {
          calls += 1;
          resolve();
        });
      });
      const silent = jest.fn();
      cluster.subscribe(silent)();
      for (let index = 0; index < 20; index += 1) {
        server.put(PATHS.telemetries, telemetryObject(`t${index}`));
      }
      await heard;
      await waitFor(
        () => cluster.snapshot().inputs.telemetries.length === 21,
        'all changes',
      );
      expect(calls).toBeLessThan(20);
      expect(silent).not.toHaveBeenCalled();
    });

    it('logs a listener that fails, and calls the others', async () => {
      cluster.subscribe(() => {
        throw new Error('out of order');
      });
      const fine = jest.fn();
      cluster.subscribe(fine);
      await cluster.start();
      await waitFor(() => fine.mock.calls.length > 0, 'the second listener');
      expect(logger.error).toHaveBeenCalled();
    });
  });

  describe('writes', () => {
    const COLLECTION =
      '/apis/telemetry.istio.io/v1/namespaces/shop/telemetries';
    const stored: Telemetry = {
      ...telemetryObject('mine'),
      metadata: {
        name: 'mine',
        namespace: 'shop',
        uid: 'u1',
        resourceVersion: '7',
        managedFields: [{ manager: 'kubectl' }],
      },
    };

    function answer(
      code: number,
      body: unknown,
      headers: Record<string, string | string[]> = {},
    ) {
      server.answer(
        /(POST|PUT|DELETE|GET) .*\/namespaces\/shop\//,
        (_, response) => sendJson(response, code, body, headers),
      );
    }

    function refuse(code: number, message: string, details?: unknown) {
      answer(code, { kind: 'Status', code, message, details });
    }

    it('creates strictly, under its own name, with only its own metadata', async () => {
      answer(201, stored, { Warning: ['299 - "first"', '299 - "second"'] });
      const result = await cluster.createTelemetry(stored, { dryRun: true });
      expect(result).toEqual({
        telemetry: stored,
        warnings: ['first', 'second'],
      });
      const [request] = server.seen('POST', COLLECTION);
      expect(Object.fromEntries(request?.query ?? [])).toEqual({
        fieldValidation: 'Strict',
        fieldManager: 'mesh-tracing',
        dryRun: 'All',
      });
      expect(request?.body).toEqual({
        apiVersion: 'telemetry.istio.io/v1',
        kind: 'Telemetry',
        metadata: { name: 'mine', namespace: 'shop' },
        spec: stored.spec,
      });
    });

    it('replaces the very version that was read', async () => {
      answer(200, stored);
      await cluster.replaceTelemetry(stored);
      const [request] = server.seen('PUT', `${COLLECTION}/mine`);
      expect(request?.query.has('dryRun')).toBe(false);
      expect(request?.body).toMatchObject({
        metadata: { uid: 'u1', resourceVersion: '7' },
      });
      expect(request?.body).not.toHaveProperty('metadata.managedFields');
    });

    it('deletes the very version that was read', async () => {
      answer(200, { kind: 'Status', status: 'Success' });
      await cluster.deleteTelemetry(
        'shop',
        'mine',
        { uid: 'u1', resourceVersion: '7' },
        { dryRun: true },
      );
      const [request] = server.seen('DELETE', `${COLLECTION}/mine`);
      expect(request?.body).toEqual({
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        preconditions: { uid: 'u1', resourceVersion: '7' },
        dryRun: ['All'],
      });
    });

    it('never writes without a precondition', async () => {
      const { uid: _, ...metadata } = stored.metadata;
      await expect(
        cluster.replaceTelemetry({ ...stored, metadata }),
      ).rejects.toMatchObject({ name: 'InputError' });
      await expect(
        cluster.deleteTelemetry('shop', 'mine', {
          uid: 'u1',
          resourceVersion: '',
        }),
      ).rejects.toMatchObject({ name: 'InputError' });
      expect(server.requests).toEqual([]);
    });

    it('reads one object past the cache; a missing one is undefined', async () => {
      expect(await cluster.getTelemetry('shop', 'mine')).toBeUndefined();
      answer(200, stored);
      expect(await cluster.getTelemetry('shop', 'mine')).toEqual(stored);
    });

    it('uses the version of the API that the cluster serves', async () => {
      server.answer(/GET .*telemetry\.istio\.io\/v1\//, (_, response) =>
        sendStatus(response, 404, 'NotFound', 'not found'),
      );
      server.serve(PATHS.telemetriesV1alpha1);
      answer(201, stored);
      await synced();
      await cluster.createTelemetry(stored);
      const path = COLLECTION.replace('/v1/', '/v1alpha1/');
      expect(server.seen('POST', path)[0]?.body).toMatchObject({
        apiVersion: 'telemetry.istio.io/v1alpha1',
      });
    });

    it('keeps names inside their segment of the path', async () => {
      await cluster.getTelemetry('shop', '../../../secrets/x');
      expect(server.requests[0]?.path).toBe(
        `${COLLECTION}/..%2F..%2F..%2Fsecrets%2Fx`,
      );
    });

    it.each([
      [
        'the schema',
        422,
        'Telemetry "mine" is invalid: spec.tracing[0]: Invalid value: 150',
        { causes: [{ field: 'spec.tracing[0].randomSamplingPercentage' }] },
        'InputError',
        { field: 'spec.tracing[0].randomSamplingPercentage' },
      ],
      [
        'strict fields',
        400,
        'strict decoding error: unknown field "spec.tracing[0].foo"',
        undefined,
        'InputError',
        { field: 'spec.tracing[0].foo' },
      ],
      [
        'a webhook',
        403,
        'admission webhook "policy.example.com" denied the request: no',
        undefined,
        'InputError',
        {},
      ],
      [
        'a policy that is not RBAC',
        403,
        'telemetries "mine" is forbidden: the namespace is being terminated',
        undefined,
        'NotAllowedError',
        { whatToDo: expect.stringContaining('policy') },
      ],
      [
        'RBAC',
        403,
        'telemetries is forbidden: User "p" cannot create resource "telemetries"',
        undefined,
        'NotAllowedError',
        {
          whatToDo: expect.stringContaining(
            `{ apiGroups: ["telemetry.istio.io"], resources: [telemetries], verbs: [create] } in namespace 'shop'`,
          ),
        },
      ],
      [
        'an existing object',
        409,
        'already exists',
        undefined,
        'ConflictError',
        {},
      ],
      ['a missing namespace', 404, 'not found', undefined, 'NotFoundError', {}],
      [
        'wrong credentials',
        401,
        'Unauthorized',
        undefined,
        'ServiceUnavailableError',
        { whatToDo: expect.stringContaining('credentials') },
      ],
      [
        'a webhook that is away',
        500,
        'Internal error occurred: failed calling webhook "validation.istio.io"',
        undefined,
        'ServiceUnavailableError',
        { whatToDo: expect.stringContaining('istiod') },
      ],
      ['overload', 429, 'slow down', undefined, 'ServiceUnavailableError', {}],
    ])(
      'turns a refusal by %s into an error that says what to do',
      async (_, code, message, details, name, expected) => {
        refuse(code, message, details);
        await expect(cluster.createTelemetry(stored)).rejects.toMatchObject({
          name,
          message: expect.stringContaining("'prod'"),
          meshTracing: { system: 'cluster', systemName: 'prod', ...expected },
        });
      },
    );

    it('answers a stale version with a conflict, and a deleted object with not found', async () => {
      refuse(409, 'the object has been modified');
      await expect(cluster.replaceTelemetry(stored)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('was changed meanwhile'),
      });
      refuse(404, 'not found');
      await expect(cluster.replaceTelemetry(stored)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    });

    it('says that nothing was changed when it could not connect', async () => {
      await server.close();
      await expect(cluster.createTelemetry(stored)).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        meshTracing: {
          whatToDo: expect.stringContaining('Nothing was changed'),
        },
      });
      await server.listen(0);
    });

    it('says that the outcome is open when the connection broke or nothing came', async () => {
      server.answer(/POST/, (_, response) => {
        response.destroy();
      });
      const open = {
        name: 'ServiceUnavailableError',
        meshTracing: { whatToDo: expect.stringContaining('Reload to see') },
      };
      await expect(cluster.createTelemetry(stored)).rejects.toMatchObject(open);
      server.answer(/POST/, () => {});
      const impatient = create({ timeoutMs: 50 });
      await expect(impatient.createTelemetry(stored)).rejects.toMatchObject(
        open,
      );
      await impatient.stop();
    });

    it('does not follow redirects or believe other answers', async () => {
      server.answer(/POST/, (_, response) => {
        response.writeHead(307, { Location: '/elsewhere' });
        response.end();
      });
      await expect(cluster.createTelemetry(stored)).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
      });
      expect(server.seen('POST', '/elsewhere')).toEqual([]);
      server.answer(/POST/, (_, response) => sendJson(response, 200, []));
      await expect(cluster.createTelemetry(stored)).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringContaining('not a Telemetry'),
      });
    });

    it('never shows the token', async () => {
      refuse(500, 'out of order');
      await cluster.start();
      const error = await cluster.createTelemetry(stored).catch(cause => cause);
      await server.close();
      await waitFor(() => logger.warn.mock.calls.length > 0, 'a log line');
      await server.listen(0);
      const seen = [
        error.message,
        JSON.stringify(error),
        JSON.stringify(logger.warn.mock.calls),
        JSON.stringify(cluster.snapshot()),
      ].join('\n');
      expect(seen).not.toContain(TOKEN);
    });
  });

  it('lists and watches only pods with the labels that are configured', async () => {
    await cluster.stop();
    cluster = create({ podSelector: 'tier in (a,b)' });
    await cluster.start();
    await waitFor(() => cluster.snapshot().state === 'synced', 'the sync');
    const selectors = (resource: string) => [
      ...new Set(
        server.requests
          .filter(({ path }) => path.endsWith(`/${resource}`))
          .map(({ query }) => query.get('labelSelector')),
      ),
    ];
    expect(selectors('pods')).toEqual(['tier in (a,b)']);
    expect(selectors('deployments')).toEqual([null]);
  });
});
