import { overrideView } from 'backstage-plugin-mesh-tracing-common';
import {
  ADA,
  ALLOWED,
  samplingHarness,
  type SamplingHarness,
} from '../../testing/sampling/samplingHarness';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'on %s, an override that Argo CD took over',
  database => {
    let harness: SamplingHarness;
    beforeEach(async () => {
      harness = await samplingHarness({ knex: await databases.init(database) });
      await harness.service.apply(
        harness.context(),
        ALLOWED,
        await harness.confirm(harness.request()),
      );
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.metadata.labels!['argocd.argoproj.io/instance'] = 'shop';
      });
      await harness.outsideChanges.run();
      harness.notified.length = 0;
    });
    afterEach(() => harness.close());

    const expiries = async () =>
      (await harness.service.history(harness.context())).entries.filter(
        ({ kind }) => kind === 'expire',
      );

    it('is not announced to be removed by the portal', async () => {
      harness.clock.advance({ minutes: 51 });
      await harness.expiry.run();
      expect(
        harness.notified.map(({ payload }) => payload.description),
      ).toEqual([
        'The portal will not remove shop/mesh-tracing.cart in main then, since Argo CD manages it now. Remove it where Argo CD gets it from.',
      ]);
    });

    it('stays after its end, which is told and recorded once', async () => {
      const other = await harness.replica();
      harness.clock.advance({ minutes: 61 });
      await Promise.all([harness.expiry.run(), other.expiry.run()]);
      harness.clock.advance({ minutes: 61 });
      await harness.expiry.run();
      expect(harness.cluster.objects()).toHaveLength(1);
      const message =
        'Not removed: it is managed by Argo CD (shop; label argocd.argoproj.io/instance), which would bring it back. Remove it where Argo CD gets it from';
      expect(await expiries()).toMatchObject([
        { outcome: 'superseded', actor: 'system:expiry', message },
      ]);
      expect(harness.notified).toMatchObject([
        {
          recipients: { entityRef: ADA },
          payload: {
            title: expect.stringContaining('stays in force'),
            description: message,
            link: '/catalog/default/component/cart/tracing',
          },
        },
      ]);
      expect(
        harness.auditor.createEvent.mock.calls
          .map(([event]) => event)
          .filter(({ eventId }) => eventId === 'sampling-expire'),
      ).toMatchObject([
        {
          meta: { telemetry: 'shop/mesh-tracing.cart', actor: 'system:expiry' },
        },
      ]);
    });

    it('is shown as managed', async () => {
      const [object] = harness.cluster.objects();
      expect(overrideView(object!, true)).toMatchObject({
        managedBy: 'argocd',
      });
    });

    it('ends when it is the portal’s alone again', async () => {
      harness.clock.advance({ minutes: 61 });
      await harness.expiry.run();
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        delete object.metadata.labels!['argocd.argoproj.io/instance'];
      });
      await harness.expiry.run();
      expect(harness.cluster.objects()).toEqual([]);
      expect((await expiries()).map(({ outcome }) => outcome)).toEqual([
        'succeeded',
        'superseded',
      ]);
    });
  },
);
