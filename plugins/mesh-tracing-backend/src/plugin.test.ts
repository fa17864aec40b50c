import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { meshTracingPermissions } from 'backstage-plugin-mesh-tracing-common';
import meshTracingPlugin from '.';
import { startMeshTracing } from './testing/portal/startMeshTracing';
import { sqlite } from './testing/sampling/samplingHarness';

const knex = sqlite();
afterAll(() => knex.destroy());

function start(meshTracing?: object) {
  return startTestBackend({
    features: [
      meshTracingPlugin,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({ data: { meshTracing } }),
      mockServices.database.factory({ knex }),
    ],
  });
}

describe('the plugin', () => {
  it('starts without clusters and trace stores, and says what is missing', async () => {
    const harness = await startMeshTracing({ bare: true });
    const workloads = await harness.ask('owner', 'workloads');
    const tracing = await harness.ask('owner', 'tracing');
    const traces = await harness.ask('owner', 'traces');
    const owned = await harness.ask('owner', 'owned');
    await harness.stop();
    expect([workloads.status, tracing.status, owned.status]).toEqual([
      200, 200, 200,
    ]);
    expect(workloads.body.clusters).toEqual([]);
    expect(traces.status).toBe(404);
    expect(traces.body.error).toMatchObject({
      message: 'No trace store is configured',
      meshTracing: {
        system: 'portal',
        whatToDo: expect.stringContaining('meshTracing.traceStores'),
      },
    });
  }, 30_000);

  it.each([
    [
      'a cluster without a connection',
      { clusters: [{ name: 'prod' }] },
      /meshTracing\.clusters\[0\]\.connection/,
    ],
    [
      'a trace store without a URL',
      { traceStores: [{ name: 'main', jaeger: {} }] },
      /meshTracing\.traceStores\[0\]\.jaeger\.url/,
    ],
    [
      'a percentage out of range',
      { sampling: { maxPercentage: 120 } },
      /meshTracing\.sampling\.maxPercentage/,
    ],
    [
      'a guard rail that is misspelt',
      { sampling: { maxPercent: 50 } },
      /meshTracing\.sampling\.maxPercent is not known; write maxPercentage/,
    ],
    [
      'a cluster that names a store that is not there',
      {
        clusters: [
          {
            name: 'prod',
            traceStore: 'main',
            connection: {
              type: 'serviceAccount',
              url: 'https://127.0.0.1:1',
              token: 'x',
            },
          },
        ],
      },
      /'main', but none is configured/,
    ],
  ])('does not start with %s', async (_, config, message) => {
    await expect(start(config)).rejects.toThrow(message);
  });

  it('registers its permissions, so that policies can be written for them', async () => {
    const registry = mockServices.permissionsRegistry.mock();
    const backend = await startTestBackend({
      features: [
        meshTracingPlugin,
        catalogServiceMock.factory(),
        registry.factory,
        mockServices.database.factory({ knex }),
      ],
    });
    await backend.stop();
    expect(registry.addPermissions).toHaveBeenCalledWith(
      meshTracingPermissions,
    );
  });

  it('stops its trace stores', async () => {
    const harness = await startMeshTracing();
    await harness.stop();
    expect(harness.store.stopped).toBe(true);
  });
});
