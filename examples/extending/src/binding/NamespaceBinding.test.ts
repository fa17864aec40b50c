import { recordedClusterModule } from '../cluster/module';
import { recordedFile } from '../testing/recordedFile';
import { component, startPortal } from '../testing/startPortal';
import { namespaceBindingModule } from './module';

const SHOP = 'user:default/shop';
const cart = { 'meshtracing.io/workloads': 'shop/Deployment/cart' };

// The first to run reads the whole plugin; a busy machine needs its time for it.
jest.setTimeout(60_000);

describe('a binding by namespace', () => {
  let recorded: Awaited<ReturnType<typeof recordedFile>>;
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    recorded = await recordedFile();
    portal = await startPortal({
      modules: [namespaceBindingModule, recordedClusterModule],
      config: {
        recordedCluster: recorded.file,
        namespaceOwners: { shop: SHOP },
      },
      entities: [
        component('cart', cart, SHOP),
        component('stranger', cart),
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

  async function bindingOf(name: string) {
    const { body } = await portal.ask(`${name}/workloads`);
    return body.bindings;
  }

  it('lets the owner of the namespace stand for what is in it', async () => {
    expect(await bindingOf('cart')).toMatchObject([{ state: 'holds' }]);
  });

  it('lets nobody else, whatever the catalog says', async () => {
    expect(await bindingOf('stranger')).toMatchObject([
      { state: 'unconfirmed' },
    ]);
  });

  it('leaves other namespaces to the default', async () => {
    expect(await bindingOf('payment')).toMatchObject([{ state: 'holds' }]);
  });
});
