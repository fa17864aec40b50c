import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { OVERRIDE_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';
import {
  ADA,
  ALLOWED,
  BOB,
  samplingBench,
} from '../../testing/sampling/samplingBench';
import type { SamplingBench } from '../../testing/sampling/samplingBench';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'on %s, an override with an end',
  database => {
    let bench: SamplingBench;
    const apply = async (overrides: object, user = ADA) =>
      bench.service.apply(
        bench.context(user),
        ALLOWED,
        await bench.confirm(bench.request(overrides), bench.context(user)),
      );
    beforeEach(async () => {
      bench = await samplingBench({ knex: await databases.init(database) });
      await apply({});
    });
    afterEach(() => bench.close());

    const outcomes = async () =>
      (await bench.service.history(bench.context())).entries.map(
        ({ kind, outcome }) => `${kind} ${outcome}`,
      );

    it('stays until then and is taken away after', async () => {
      bench.clock.advance({ minutes: 59, seconds: 59 });
      await bench.expiry.run();
      expect(bench.cluster.objects()).toHaveLength(1);
      bench.clock.advance({ seconds: 1 });
      await bench.expiry.run();
      expect(bench.cluster.objects()).toEqual([]);
      expect(
        (await bench.service.history(bench.context())).entries,
      ).toMatchObject([
        {
          kind: 'expire',
          outcome: 'succeeded',
          actor: 'system:expiry',
          entityRef: 'component:default/cart',
          before: expect.stringContaining('randomSamplingPercentage: 50'),
        },
        { kind: 'apply' },
      ]);
      expect(bench.notified.map(({ payload }) => payload.title)).toEqual([
        expect.stringContaining('ends at'),
        expect.stringContaining('has ended'),
      ]);
      expect(bench.notified[1]).toMatchObject({
        recipients: { type: 'entity', entityRef: ADA },
        payload: { link: '/catalog/default/component/cart/tracing' },
      });
    });

    it('ends once, with several replicas at it', async () => {
      const others = await Promise.all([bench.replica(), bench.replica()]);
      bench.clock.advance({ minutes: 61 });
      await Promise.all([bench, ...others].map(({ expiry }) => expiry.run()));
      await Promise.all([bench, ...others].map(({ expiry }) => expiry.run()));
      expect(
        bench.cluster.writes.filter(write => write.startsWith('delete')),
      ).toHaveLength(1);
      expect(await outcomes()).toEqual(['expire succeeded', 'apply succeeded']);
      expect(
        bench.notified.filter(({ payload }) => /has ended/.test(payload.title)),
      ).toHaveLength(1);
    });

    it('is not ended where its end was moved on while the watch lags', async () => {
      bench.cluster.watchPaused = true;
      await apply({ expiresAt: bench.clock.in({ minutes: 180 }) });
      bench.clock.advance({ minutes: 61 });
      await bench.expiry.run();
      expect(bench.cluster.objects()).toHaveLength(1);
      expect(await outcomes()).toEqual(['extend succeeded', 'apply succeeded']);
    });

    it('is not ended where it is extended between the look and the deletion', async () => {
      bench.clock.advance({ minutes: 61 });
      const remove = bench.cluster.deleteTelemetry.bind(bench.cluster);
      jest
        .spyOn(bench.cluster, 'deleteTelemetry')
        .mockImplementationOnce(async (...args) => {
          bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
            object.metadata.annotations![OVERRIDE_ANNOTATIONS.expiresAt] =
              bench.clock.in({ minutes: 30 });
          });
          return remove(...args);
        });
      await bench.expiry.run();
      await bench.expiry.run();
      expect(bench.cluster.objects()).toHaveLength(1);
      bench.clock.advance({ minutes: 31 });
      await bench.expiry.run();
      expect(bench.cluster.objects()).toEqual([]);
      expect((await outcomes())[0]).toBe('expire succeeded');
    });

    it('is announced before, once for each end, to the one who set it', async () => {
      bench.clock.advance({ minutes: 51 });
      await bench.expiry.run();
      await bench.expiry.run();
      expect(bench.notified).toMatchObject([
        {
          recipients: { entityRef: ADA },
          payload: { title: expect.stringContaining('ends at') },
        },
      ]);
      await apply({ expiresAt: bench.clock.in({ minutes: 20 }) }, BOB);
      bench.notified.length = 0;
      bench.clock.advance({ minutes: 15 });
      await bench.expiry.run();
      expect(bench.notified).toMatchObject([
        { recipients: { entityRef: BOB } },
      ]);
    });

    it('is tried again until the API server is back, and told why meanwhile', async () => {
      bench.clock.advance({ minutes: 61 });
      bench.cluster.fail(
        'delete',
        'before',
        new ServiceUnavailableError('API server is away'),
      );
      await bench.expiry.run();
      expect(
        (await bench.service.history(bench.context())).entries,
      ).toMatchObject([
        { kind: 'expire', outcome: 'pending', message: 'API server is away' },
        {},
      ]);
      bench.clock.advance({ minutes: 1 });
      await bench.expiry.run();
      expect(await outcomes()).toEqual(['expire succeeded', 'apply succeeded']);
    });

    it('keeps being tried where RBAC refuses', async () => {
      bench.clock.advance({ minutes: 61 });
      for (let attempt = 0; attempt < 3; attempt += 1) {
        bench.cluster.fail('delete', 'before', new NotAllowedError('RBAC: no'));
        await bench.expiry.run();
        bench.clock.advance({ minutes: 1 });
      }
      expect(
        (await bench.service.history(bench.context())).entries,
      ).toMatchObject([
        { kind: 'expire', outcome: 'pending', message: 'RBAC: no' },
        {},
      ]);
      await bench.expiry.run();
      expect(await outcomes()).toEqual(['expire succeeded', 'apply succeeded']);
    });

    it('is ended by the portal or by a person at the same time, never by both', async () => {
      bench.clock.advance({ minutes: 61 });
      const [object] = bench.cluster.objects();
      await Promise.allSettled([
        bench.expiry.run(),
        bench.service.revert(bench.context(), ALLOWED, {
          workload: bench.request().workload,
          uid: object!.metadata.uid!,
          resourceVersion: object!.metadata.resourceVersion!,
        }),
      ]);
      bench.clock.advance({ minutes: 1 });
      await bench.expiry.run();
      await bench.reconciler.run();
      await bench.outsideChanges.run();
      const removals = (await outcomes()).filter(
        entry => /revert|expire|delete/.test(entry) && /succeeded/.test(entry),
      );
      expect(removals).toHaveLength(1);
      expect(await outcomes()).not.toContainEqual(
        expect.stringContaining('pending'),
      );
    });

    it('stays where Argo CD took it over, and where its end was taken away', async () => {
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.metadata.labels!['argocd.argoproj.io/instance'] = 'shop';
      });
      bench.clock.advance({ minutes: 61 });
      await bench.expiry.run();
      expect(bench.cluster.objects()).toHaveLength(1);
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        delete object.metadata.labels!['argocd.argoproj.io/instance'];
        delete object.metadata.annotations![OVERRIDE_ANNOTATIONS.expiresAt];
      });
      await bench.expiry.run();
      expect(bench.cluster.objects()).toHaveLength(1);
    });
  },
);
