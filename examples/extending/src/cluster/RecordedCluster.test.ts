import { recordedFile } from '../testing/recordedFile';
import { component, startPortal } from '../testing/startPortal';
import { recordedClusterModule } from './module';

// The first to run reads the whole plugin; a busy machine needs its time for it.
jest.setTimeout(60_000);

describe('a cluster that someone recorded', () => {
  let recorded: Awaited<ReturnType<typeof recordedFile>>;
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    recorded = await recordedFile();
    portal = await startPortal({
      modules: [recordedClusterModule],
      config: { recordedCluster: recorded.file },
      entities: [
        component('cart', {
          'meshtracing.io/workloads': 'recorded/shop/Deployment/cart',
        }),
      ],
    });
  });
  afterAll(async () => {
    await portal.stop();
    await recorded.remove();
  });

  it('shows the workloads of an entity, with their proxies', async () => {
    const { body } = await portal.ask('cart/workloads');
    expect(body.workloads).toMatchObject([
      { namespace: 'shop', kind: 'Deployment', name: 'cart', proxy: 'sidecar' },
    ]);
  });

  it('shows what sampling was in force, and by which Telemetry', async () => {
    const { body } = await portal.ask('cart/tracing');
    const [{ effective }] = body.workloads;
    expect(effective.chain).toMatchObject([
      { namespace: 'shop', name: 'default' },
    ]);
    expect(effective.server.samplingPercent).toMatchObject({
      value: 12,
      source: { kind: 'telemetry', namespace: 'shop', name: 'default' },
    });
  });

  it('refuses a change at its preview, since it can be read only', async () => {
    const { status, body } = await portal.ask('cart/sampling/preview', {
      workload: {
        cluster: 'recorded',
        namespace: 'shop',
        kind: 'Deployment',
        name: 'cart',
      },
      samplingPercent: 20,
      expiresAt: new Date(Date.now() + 30 * 60_000).toISOString(),
      reason: 'slow today',
    });
    expect(status).toBe(200);
    expect(body.dryRun).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining("Cluster 'recorded' is read only"),
    });
    expect(body.token).toBeUndefined();
  });
});
