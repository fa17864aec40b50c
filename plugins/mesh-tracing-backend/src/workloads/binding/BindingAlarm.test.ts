import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { BindingStanding } from 'backstage-plugin-mesh-tracing-common';
import { mockLogger } from '../../testing/services/mockLogger';
import { Auditor } from '../../audit';
import type { EntityContext } from '../../shared/EntityContext';
import { workload } from '../../testing/sampling/samplingHarness';
import { BindingAlarm } from './BindingAlarm';

const CART = workload('cart');
const WEAKER: BindingStanding = {
  state: 'weaker',
  strength: 'reference',
  rivals: [
    {
      entityRef: 'component:default/cart',
      owners: ['group:default/storefront'],
      strength: 'consent',
    },
  ],
  challengers: [],
};

function contextOf(name: string, standing = WEAKER): EntityContext {
  return {
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name },
    },
    entityRef: `component:default/${name}`,
    credentials: mockCredentials.user('user:default/max'),
    userRef: 'user:default/max',
    ownershipRefs: [],
    match: { explanation: '', workloads: [CART] },
    binding: {
      workloads: new Map([['main/shop/Deployment/cart', standing]]),
      serviceNames: new Map(),
    },
    snapshots: [],
  };
}

function harness() {
  const notified: NotificationSendOptions[] = [];
  const auditor = mockServices.auditor.mock();
  const fail = jest.fn(async () => {});
  auditor.createEvent.mockResolvedValue({ success: jest.fn(), fail });
  const logger = mockLogger();
  const alarm = BindingAlarm.create({
    auditor: Auditor.create({ auditor, logger }),
    logger,
    notifications: {
      send: async notification => {
        notified.push(notification);
      },
    },
  });
  return { alarm, auditor, fail, logger, notified };
}

describe('an attempt on a workload of others', () => {
  it('is an audit event each time, and told to the owners once for each entity', async () => {
    const { alarm, auditor, fail, notified } = harness();
    await alarm.attempted(contextOf('evil'), CART, 'preview');
    await alarm.attempted(contextOf('evil'), CART, 'apply');
    await alarm.attempted(contextOf('worse'), CART, 'revert');
    expect(fail).toHaveBeenCalledTimes(3);
    expect(auditor.createEvent.mock.calls[0]?.[0]).toMatchObject({
      eventId: 'binding-refused',
      severityLevel: 'medium',
      meta: {
        actor: 'user:default/max',
        action: 'preview',
        entityRef: 'component:default/evil',
        workload: 'main/shop/Deployment/cart',
        heldBy: ['component:default/cart'],
      },
    });
    expect(notified).toHaveLength(2);
    expect(notified[0]).toMatchObject({
      recipients: { type: 'entity', entityRef: ['group:default/storefront'] },
      payload: {
        topic: 'mesh-tracing',
        link: '/catalog/default/component/cart/tracing',
      },
    });
  });

  it('does not name the entity that it was made through to the owners', async () => {
    const { alarm, notified } = harness();
    await alarm.attempted(contextOf('secret-project'), CART, 'preview');
    const { title, description, link } = notified[0]?.payload ?? {};
    expect(JSON.stringify([title, description, link])).not.toContain('secret');
  });

  it('is not reported where the entity holds the workload', async () => {
    const { alarm, fail, notified } = harness();
    await alarm.attempted(
      contextOf('cart', { ...WEAKER, state: 'holds' }),
      CART,
      'preview',
    );
    expect([fail.mock.calls, notified]).toEqual([[], []]);
  });

  it('is written to the log where the auditor can not be told', async () => {
    const { alarm, auditor, logger } = harness();
    auditor.createEvent.mockRejectedValue(new Error('full'));
    await alarm.attempted(contextOf('evil'), CART, 'preview');
    expect(logger.error).toHaveBeenCalledWith(expect.stringContaining('full'));
  });
});
