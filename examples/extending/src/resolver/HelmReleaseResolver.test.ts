import { recordedClusterModule } from '../cluster/module';
import { recordedFile } from '../testing/recordedFile';
import { component, startPortal } from '../testing/startPortal';
import { helmReleaseModule } from './module';

// The first to run reads the whole plugin; a busy machine needs its time for it.
jest.setTimeout(60_000);

describe('a resolver that wraps the default', () => {
  let recorded: Awaited<ReturnType<typeof recordedFile>>;
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    recorded = await recordedFile();
    portal = await startPortal({
      modules: [helmReleaseModule, recordedClusterModule],
      config: { recordedCluster: recorded.file },
      entities: [
        component('basket', { 'example.com/helm-release': 'shop/basket' }),
        component('payment', {
          'meshtracing.io/workloads': 'payments/Deployment/payment',
        }),
      ],
    });
  });
  afterAll(async () => {
    await portal.stop();
    await recorded.remove();
  });

  it('finds workloads by a rule of the site, and says by which', async () => {
    const { body } = await portal.ask('basket/workloads');
    expect(body.workloads).toMatchObject([
      { name: 'cart' },
      { name: 'cart-cache' },
    ]);
    expect(body).toMatchObject({
      rule: 'example.com/helm-release',
      value: 'shop/basket',
      explanation: expect.stringContaining('2 workloads of shop/basket'),
    });
  });

  it('lets the entity stand for what its rule found', async () => {
    const { body } = await portal.ask('basket/workloads');
    expect(body.bindings).toMatchObject([
      { state: 'holds', claim: 'reference' },
      { state: 'holds', claim: 'reference' },
    ]);
  });

  it('leaves all other entities to the default', async () => {
    const { body } = await portal.ask('payment/workloads');
    expect(body).toMatchObject({
      rule: 'meshtracing.io/workloads',
      workloads: [{ name: 'payment' }],
    });
  });
});
