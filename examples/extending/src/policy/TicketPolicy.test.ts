import demo from 'backstage-plugin-mesh-tracing-backend-module-demo';
import { component, startPortal } from '../testing/startPortal';
import { ticketPolicyModule } from './module';

// The first to run reads the whole plugin; a busy machine needs its time for it.
jest.setTimeout(60_000);

describe('a policy that asks for a ticket', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    portal = await startPortal({
      modules: [demo, ticketPolicyModule],
      config: {
        meshTracing: { demo: { enabled: true, history: '10s' } },
        ticketNamespaces: ['shop'],
      },
      entities: ['cart', 'payment'].map(name =>
        component(name, { 'backstage.io/kubernetes-id': name }),
      ),
    });
  });
  afterAll(() => portal.stop());

  async function preview(name: string, namespace: string, reason: string) {
    const { body } = await portal.ask(`${name}/sampling/preview`, {
      workload: { cluster: 'demo', namespace, kind: 'Deployment', name },
      samplingPercent: 20,
      expiresAt: new Date(Date.now() + 30 * 60_000).toISOString(),
      reason,
    });
    return body;
  }

  it('refuses a change without one, at the field and in its words', async () => {
    const { verdicts, token } = await preview('cart', 'shop', 'slow today');
    expect(verdicts).toContainEqual({
      rule: 'ticket-in-reason',
      allowed: false,
      field: 'reason',
      message: 'Name the ticket in the reason, such as SHOP-123',
    });
    expect(token).toBeUndefined();
  });

  it('lets one with a ticket pass, beside all other rules', async () => {
    const { verdicts, dryRun, token } = await preview(
      'cart',
      'shop',
      'SHOP-123: slow today',
    );
    expect(verdicts).toContainEqual(
      expect.objectContaining({ rule: 'ticket-in-reason', allowed: true }),
    );
    expect(dryRun).toMatchObject({ outcome: 'accepted' });
    expect(token).toEqual(expect.any(String));
  });

  it('says nothing of other namespaces', async () => {
    const { verdicts } = await preview('payment', 'payments', 'slow today');
    expect(verdicts).not.toContainEqual(
      expect.objectContaining({ rule: 'ticket-in-reason' }),
    );
  });
});
