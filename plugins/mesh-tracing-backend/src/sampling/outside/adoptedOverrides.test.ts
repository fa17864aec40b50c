import { overrideView } from 'backstage-plugin-mesh-tracing-common';
import {
  ADA,
  ALLOWED,
  samplingBench,
  type SamplingBench,
} from '../../testing/sampling/samplingBench';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'on %s, an override that Argo CD took over',
  database => {
    let bench: SamplingBench;
    beforeEach(async () => {
      bench = await samplingBench({ knex: await databases.init(database) });
      await bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request()),
      );
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.metadata.labels!['argocd.argoproj.io/instance'] = 'shop';
      });
      await bench.outsideChanges.run();
      bench.notified.length = 0;
    });
    afterEach(() => bench.close());

    const expiries = async () =>
      (await bench.service.history(bench.context())).entries.filter(
        ({ kind }) => kind === 'expire',
      );

    it('is not announced to be removed by the portal', async () => {
      bench.clock.advance({ minutes: 51 });
      await bench.expiry.run();
      expect(bench.notified.map(({ payload }) => payload.description)).toEqual([
        'The portal will not remove shop/mesh-tracing.cart in main then, since Argo CD manages it now. Remove it where Argo CD gets it from.',
      ]);
    });

    it('stays after its end, which is told and recorded once', async () => {
      const other = await bench.replica();
      bench.clock.advance({ minutes: 61 });
      await Promise.all([bench.expiry.run(), other.expiry.run()]);
      bench.clock.advance({ minutes: 61 });
      await bench.expiry.run();
      expect(bench.cluster.objects()).toHaveLength(1);
      const message =
        'Not removed: it is managed by Argo CD (shop; label argocd.argoproj.io/instance), which would bring it back. Remove it where Argo CD gets it from';
      expect(await expiries()).toMatchObject([
        { outcome: 'superseded', actor: 'system:expiry', message },
      ]);
      expect(bench.notified).toMatchObject([
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
        bench.auditor.createEvent.mock.calls
          .map(([event]) => event)
          .filter(({ eventId }) => eventId === 'sampling-expire'),
      ).toMatchObject([
        {
          meta: { telemetry: 'shop/mesh-tracing.cart', actor: 'system:expiry' },
        },
      ]);
    });

    it('is shown as managed', async () => {
      const [object] = bench.cluster.objects();
      expect(overrideView(object!, true)).toMatchObject({
        managedBy: 'argocd',
      });
    });

    it('ends when it is the portal’s alone again', async () => {
      bench.clock.advance({ minutes: 61 });
      await bench.expiry.run();
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        delete object.metadata.labels!['argocd.argoproj.io/instance'];
      });
      await bench.expiry.run();
      expect(bench.cluster.objects()).toEqual([]);
      expect((await expiries()).map(({ outcome }) => outcome)).toEqual([
        'succeeded',
        'superseded',
      ]);
    });
  },
);
