import type {
  ProxyAcceptance,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import { SIMPLE } from './__testUtils__/acceptances';
import {
  ADA,
  ALLOWED,
  samplingBench,
  workload,
  type SamplingBench,
} from './__testUtils__/samplingBench';
import { testDatabases } from './__testUtils__/testDatabases';

const databases = testDatabases();
const WORDS = 'Error adding/updating listener: Incorrect configuration: %REQ(x';

describe.each(databases.eachSupportedId())(
  'on %s, what proxies make of an override',
  database => {
    let bench: SamplingBench;
    let state: ProxyAcceptance['state'];
    let asked: string[];

    const apply = async (overrides: object = {}) =>
      bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request(overrides)),
      );
    const refusals = () =>
      bench.notified.filter(({ payload }) => /refuse/.test(payload.title));
    const events = () =>
      bench.auditor.createEvent.mock.calls
        .map(([event]) => event)
        .filter(({ eventId }) => eventId === 'sampling-refused-by-proxies');

    beforeEach(async () => {
      state = 'pending';
      asked = [];
      bench = await samplingBench({
        knex: await databases.init(database),
        workloads: [
          workload('cart'),
          workload('pay'),
          workload('cron', { proxy: 'none' }),
        ],
      });
      Object.assign(bench.cluster, {
        proxyAcceptance: async ({ name }: Workload) => {
          asked.push(name);
          return SIMPLE[state](WORDS);
        },
      });
    });
    afterEach(() => bench.close());

    it('is asked until all have accepted it, and of its workload only', async () => {
      await bench.acceptance.run();
      expect(asked).toEqual([]);
      await apply();
      await bench.acceptance.run();
      state = 'unknown';
      await bench.acceptance.run();
      state = 'accepted';
      await bench.acceptance.run();
      await bench.acceptance.run();
      expect(asked).toEqual(['cart', 'cart', 'cart']);
      await apply({ samplingPercent: 20 });
      await bench.acceptance.run();
      expect(asked).toHaveLength(4);
      expect(refusals()).toEqual([]);
    });

    it('is not asked for ever', async () => {
      await apply({ expiresAt: bench.clock.in({ minutes: 300 }) });
      bench.clock.advance({ minutes: 59 });
      await bench.acceptance.run();
      bench.clock.advance({ minutes: 2 });
      await bench.acceptance.run();
      expect(asked).toHaveLength(1);
    });

    it('is told to the setter when it is a refusal, once, in the words of the proxy', async () => {
      const other = await bench.replica();
      await apply();
      await bench.acceptance.run();
      state = 'refused';
      await Promise.all([bench.acceptance.run(), other.acceptance.run()]);
      await Promise.all([bench.acceptance.run(), other.acceptance.run()]);
      expect(refusals()).toMatchObject([
        {
          recipients: { entityRef: ADA },
          payload: {
            severity: 'high',
            description: expect.stringContaining(WORDS),
            link: '/catalog/default/component/cart/tracing',
          },
        },
      ]);
      expect(events()).toMatchObject([
        {
          meta: {
            telemetry: 'shop/mesh-tracing.cart',
            workload: 'shop/Deployment/cart',
            changedBy: ADA,
          },
        },
      ]);
    });

    it('is told again of the next change that is refused, also by others', async () => {
      state = 'refused';
      await apply();
      await bench.acceptance.run();
      await apply({ samplingPercent: 20 });
      await bench.acceptance.run();
      expect(refusals()).toHaveLength(2);
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.spec!.tracing![0]!.randomSamplingPercentage = 3;
      });
      await bench.acceptance.run();
      expect(refusals()).toHaveLength(3);
    });

    it('is told of what is in force, not of what a lagging watch shows', async () => {
      await apply();
      bench.cluster.watchPaused = true;
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.spec!.tracing![0]!.randomSamplingPercentage = 3;
      });
      state = 'refused';
      await bench.acceptance.run();
      expect(refusals()).toEqual([]);
      bench.cluster.watchPaused = false;
      bench.cluster.sync();
      await bench.acceptance.run();
      expect(refusals()).toHaveLength(1);
    });

    it('is asked again where it could not be found out', async () => {
      await apply();
      jest
        .spyOn(bench.store, 'claim')
        .mockRejectedValueOnce(new Error('no database'));
      state = 'refused';
      await bench.acceptance.run();
      expect(refusals()).toEqual([]);
      await bench.acceptance.run();
      expect(refusals()).toHaveLength(1);
    });
  },
);
