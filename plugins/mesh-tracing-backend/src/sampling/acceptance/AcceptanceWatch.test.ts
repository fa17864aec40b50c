import type {
  ProxyAcceptance,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import { IstiodDebug } from '../../clusters';
import { SIMPLE } from '../../testing/mesh/acceptances';
import {
  ADA,
  ALLOWED,
  samplingHarness,
  workload,
  type SamplingHarness,
} from '../../testing/sampling/samplingHarness';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();
const WORDS = 'Error adding/updating listener: Incorrect configuration: %REQ(x';

describe.each(databases.eachSupportedId())(
  'on %s, what proxies make of an override',
  database => {
    let harness: SamplingHarness;
    let state: ProxyAcceptance['state'];
    let asked: string[];
    let answer: (workload: Workload) => Promise<ProxyAcceptance>;

    const apply = async (overrides: object = {}) =>
      harness.service.apply(
        harness.context(),
        ALLOWED,
        await harness.confirm(harness.request(overrides)),
      );
    const refusals = () =>
      harness.notified.filter(({ payload }) => /refuse/.test(payload.title));
    const events = () =>
      harness.auditor.createEvent.mock.calls
        .map(([event]) => event)
        .filter(({ eventId }) => eventId === 'sampling-refused-by-proxies');

    beforeEach(async () => {
      state = 'pending';
      asked = [];
      answer = async () => SIMPLE[state](WORDS);
      harness = await samplingHarness({
        knex: await databases.init(database),
        workloads: [
          workload('cart'),
          workload('pay'),
          workload('cron', { proxy: 'none' }),
        ],
      });
      Object.assign(harness.cluster, {
        proxyAcceptance: async (asking: Workload) => {
          asked.push(asking.name);
          return answer(asking);
        },
      });
    });
    afterEach(() => harness.close());

    it('is asked until all have accepted it, and of its workload only', async () => {
      await harness.acceptance.run();
      expect(asked).toEqual([]);
      await apply();
      await harness.acceptance.run();
      state = 'unknown';
      await harness.acceptance.run();
      state = 'accepted';
      await harness.acceptance.run();
      await harness.acceptance.run();
      expect(asked).toEqual(['cart', 'cart', 'cart']);
      await apply({ samplingPercent: 20 });
      await harness.acceptance.run();
      expect(asked).toHaveLength(4);
      expect(refusals()).toEqual([]);
    });

    it('is not asked for ever', async () => {
      await apply({ expiresAt: harness.clock.in({ minutes: 300 }) });
      harness.clock.advance({ minutes: 59 });
      await harness.acceptance.run();
      harness.clock.advance({ minutes: 2 });
      await harness.acceptance.run();
      expect(asked).toHaveLength(1);
    });

    it('is told to the setter when it is a refusal, once, in the words of the proxy', async () => {
      const other = await harness.replica();
      await apply();
      await harness.acceptance.run();
      state = 'refused';
      await Promise.all([harness.acceptance.run(), other.acceptance.run()]);
      await Promise.all([harness.acceptance.run(), other.acceptance.run()]);
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
      await harness.acceptance.run();
      await apply({ samplingPercent: 20 });
      await harness.acceptance.run();
      expect(refusals()).toHaveLength(2);
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.spec!.tracing![0]!.randomSamplingPercentage = 3;
      });
      await harness.acceptance.run();
      expect(refusals()).toHaveLength(3);
    });

    it('is told of what is in force, not of what a lagging watch shows', async () => {
      await apply();
      harness.cluster.watchPaused = true;
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.spec!.tracing![0]!.randomSamplingPercentage = 3;
      });
      state = 'refused';
      await harness.acceptance.run();
      expect(refusals()).toEqual([]);
      harness.cluster.watchPaused = false;
      harness.cluster.sync();
      await harness.acceptance.run();
      expect(refusals()).toHaveLength(1);
    });

    it('is not settled by a view that is not complete, or shows no pods', async () => {
      await apply();
      state = 'accepted';
      harness.cluster.state = 'syncing';
      await harness.acceptance.run();
      harness.cluster.state = 'synced';
      const [cart] = harness.cluster.workloads;
      harness.cluster.workloads = [{ ...cart!, pods: [] }];
      await harness.acceptance.run();
      expect(asked).toEqual([]);
      harness.cluster.workloads = [cart!];
      state = 'refused';
      await harness.acceptance.run();
      expect(asked).toEqual(['cart']);
      expect(refusals()).toHaveLength(1);
    });

    it('is not blamed for a refusal of what was sent before it', async () => {
      const sentAt = harness.clock.in({ seconds: -60 });
      answer = async () => ({
        ...SIMPLE.refused(WORDS),
        behind: [{ pod: 'cart-1', refused: true, sentAt }],
      });
      await apply();
      await harness.acceptance.run();
      expect(refusals()).toEqual([]);
      answer = async () => ({
        ...SIMPLE.refused(WORDS),
        behind: [
          { pod: 'cart-1', refused: true, sentAt: harness.clock.in({}) },
        ],
      });
      await harness.acceptance.run();
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
        const [cart] = harness.cluster.objects();
        harness.cluster.createOutside({
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
        await harness.acceptance.run();
        istiod.close();
        expect(asked).toEqual(['cart']);
      });

      it('is asked until the run took a minute', async () => {
        answer = async () => {
          harness.clock.advance({ minutes: 1 });
          return SIMPLE.pending(WORDS);
        };
        await harness.acceptance.run();
        expect(asked).toEqual(['cart']);
      });

      it('is asked until the scheduler stops the run', async () => {
        const stop = new AbortController();
        answer = async () => {
          stop.abort();
          return SIMPLE.pending(WORDS);
        };
        await harness.acceptance.run(stop.signal);
        expect(asked).toEqual(['cart']);
        answer = async () => SIMPLE.pending(WORDS);
        await harness.acceptance.run();
        expect(asked).toEqual(['cart', 'cart', 'pay']);
      });
    });

    it('is asked again where it could not be found out', async () => {
      await apply();
      jest
        .spyOn(harness.store, 'claim')
        .mockRejectedValueOnce(new Error('no database'));
      state = 'refused';
      await harness.acceptance.run();
      expect(refusals()).toEqual([]);
      await harness.acceptance.run();
      expect(refusals()).toHaveLength(1);
    });
  },
);
