import type {
  ProxyAcceptance,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import { IstiodDebug } from '../../clusters';
import { SIMPLE } from '../../testing/mesh/acceptances';
import {
  ADA,
  ALLOWED,
  samplingBench,
  workload,
  type SamplingBench,
} from '../../testing/sampling/samplingBench';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();
const WORDS = 'Error adding/updating listener: Incorrect configuration: %REQ(x';

describe.each(databases.eachSupportedId())(
  'on %s, what proxies make of an override',
  database => {
    let bench: SamplingBench;
    let state: ProxyAcceptance['state'];
    let asked: string[];
    let answer: (workload: Workload) => Promise<ProxyAcceptance>;

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
      answer = async () => SIMPLE[state](WORDS);
      bench = await samplingBench({
        knex: await databases.init(database),
        workloads: [
          workload('cart'),
          workload('pay'),
          workload('cron', { proxy: 'none' }),
        ],
      });
      Object.assign(bench.cluster, {
        proxyAcceptance: async (asking: Workload) => {
          asked.push(asking.name);
          return answer(asking);
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

    it('is not settled by a view that is not complete, or shows no pods', async () => {
      await apply();
      state = 'accepted';
      bench.cluster.state = 'syncing';
      await bench.acceptance.run();
      bench.cluster.state = 'synced';
      const [cart] = bench.cluster.workloads;
      bench.cluster.workloads = [{ ...cart!, pods: [] }];
      await bench.acceptance.run();
      expect(asked).toEqual([]);
      bench.cluster.workloads = [cart!];
      state = 'refused';
      await bench.acceptance.run();
      expect(asked).toEqual(['cart']);
      expect(refusals()).toHaveLength(1);
    });

    it('is not blamed for a refusal of what was sent before it', async () => {
      const sentAt = bench.clock.in({ seconds: -60 });
      answer = async () => ({
        ...SIMPLE.refused(WORDS),
        behind: [{ pod: 'cart-1', refused: true, sentAt }],
      });
      await apply();
      await bench.acceptance.run();
      expect(refusals()).toEqual([]);
      answer = async () => ({
        ...SIMPLE.refused(WORDS),
        behind: [{ pod: 'cart-1', refused: true, sentAt: bench.clock.in({}) }],
      });
      await bench.acceptance.run();
      expect(refusals()).toMatchObject([
        {
          payload: {
            title: expect.stringMatching(/ while your .* is in force/),
            description: expect.stringContaining('likely cause'),
          },
        },
      ]);
    });

    describe('with more overrides than can be asked about', () => {
      beforeEach(async () => {
        await apply();
        const [cart] = bench.cluster.objects();
        bench.cluster.createOutside({
          ...cart!,
          metadata: {
            ...cart!.metadata,
            name: 'mesh-tracing.pay',
            annotations: {},
          },
        });
      });

      it('is asked once a run where istiod does not answer', async () => {
        const istiod = IstiodDebug.create({
          debugUrls: ['http://127.0.0.1:1'],
          token: 'none',
        });
        answer = asking => istiod.acceptance(asking);
        await bench.acceptance.run();
        istiod.close();
        expect(asked).toEqual(['cart']);
      });

      it('is asked until the run took a minute', async () => {
        answer = async () => {
          bench.clock.advance({ minutes: 1 });
          return SIMPLE.pending(WORDS);
        };
        await bench.acceptance.run();
        expect(asked).toEqual(['cart']);
      });

      it('is asked until the scheduler stops the run', async () => {
        const stop = new AbortController();
        answer = async () => {
          stop.abort();
          return SIMPLE.pending(WORDS);
        };
        await bench.acceptance.run(stop.signal);
        expect(asked).toEqual(['cart']);
        answer = async () => SIMPLE.pending(WORDS);
        await bench.acceptance.run();
        expect(asked).toEqual(['cart', 'cart', 'pay']);
      });
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
