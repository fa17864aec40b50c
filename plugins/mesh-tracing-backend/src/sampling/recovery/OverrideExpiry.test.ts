import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { OVERRIDE_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';
import {
  ADA,
  ALLOWED,
  BOB,
  samplingHarness,
} from '../../testing/sampling/samplingHarness';
import type { SamplingHarness } from '../../testing/sampling/samplingHarness';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'on %s, an override with an end',
  database => {
    let harness: SamplingHarness;
    const apply = async (overrides: object, user = ADA) =>
      harness.service.apply(
        harness.context(user),
        ALLOWED,
        await harness.confirm(
          harness.request(overrides),
          harness.context(user),
        ),
      );
    beforeEach(async () => {
      harness = await samplingHarness({ knex: await databases.init(database) });
      await apply({});
    });
    afterEach(() => harness.close());

    const outcomes = async () =>
      (await harness.service.history(harness.context())).entries.map(
        ({ kind, outcome }) => `${kind} ${outcome}`,
      );

    it('stays until then and is taken away after', async () => {
      harness.clock.advance({ minutes: 59, seconds: 59 });
      await harness.expiry.run();
      expect(harness.cluster.objects()).toHaveLength(1);
      harness.clock.advance({ seconds: 1 });
      await harness.expiry.run();
      expect(harness.cluster.objects()).toEqual([]);
      expect(
        (await harness.service.history(harness.context())).entries,
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
      expect(harness.notified.map(({ payload }) => payload.title)).toEqual([
        expect.stringContaining('ends at'),
        expect.stringContaining('has ended'),
      ]);
      expect(harness.notified[1]).toMatchObject({
        recipients: { type: 'entity', entityRef: ADA },
        payload: { link: '/catalog/default/component/cart/tracing' },
      });
    });

    it('ends once, with several replicas at it', async () => {
      const others = await Promise.all([harness.replica(), harness.replica()]);
      harness.clock.advance({ minutes: 61 });
      await Promise.all([harness, ...others].map(({ expiry }) => expiry.run()));
      await Promise.all([harness, ...others].map(({ expiry }) => expiry.run()));
      expect(
        harness.cluster.writes.filter(write => write.startsWith('delete')),
      ).toHaveLength(1);
      expect(await outcomes()).toEqual(['expire succeeded', 'apply succeeded']);
      expect(
        harness.notified.filter(({ payload }) =>
          /has ended/.test(payload.title),
        ),
      ).toHaveLength(1);
    });

    it('is not ended where its end was moved on while the watch lags', async () => {
      harness.cluster.watchPaused = true;
      await apply({ expiresAt: harness.clock.in({ minutes: 180 }) });
      harness.clock.advance({ minutes: 61 });
      await harness.expiry.run();
      expect(harness.cluster.objects()).toHaveLength(1);
      expect(await outcomes()).toEqual(['extend succeeded', 'apply succeeded']);
    });

    it('is not ended where it is extended between the look and the deletion', async () => {
      harness.clock.advance({ minutes: 61 });
      const remove = harness.cluster.deleteTelemetry.bind(harness.cluster);
      jest
        .spyOn(harness.cluster, 'deleteTelemetry')
        .mockImplementationOnce(async (...args) => {
          harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
            object.metadata.annotations![OVERRIDE_ANNOTATIONS.expiresAt] =
              harness.clock.in({ minutes: 30 });
          });
          return remove(...args);
        });
      await harness.expiry.run();
      await harness.expiry.run();
      expect(harness.cluster.objects()).toHaveLength(1);
      harness.clock.advance({ minutes: 31 });
      await harness.expiry.run();
      expect(harness.cluster.objects()).toEqual([]);
      expect((await outcomes())[0]).toBe('expire succeeded');
    });

    it('is announced before, once for each end, to the one who set it', async () => {
      harness.clock.advance({ minutes: 51 });
      await harness.expiry.run();
      await harness.expiry.run();
      expect(harness.notified).toMatchObject([
        {
          recipients: { entityRef: ADA },
          payload: { title: expect.stringContaining('ends at') },
        },
      ]);
      await apply({ expiresAt: harness.clock.in({ minutes: 20 }) }, BOB);
      harness.notified.length = 0;
      harness.clock.advance({ minutes: 15 });
      await harness.expiry.run();
      expect(harness.notified).toMatchObject([
        { recipients: { entityRef: BOB } },
      ]);
    });

    it('is tried again until the API server is back, and told why meanwhile', async () => {
      harness.clock.advance({ minutes: 61 });
      harness.cluster.fail(
        'delete',
        'before',
        new ServiceUnavailableError('API server is away'),
      );
      await harness.expiry.run();
      expect(
        (await harness.service.history(harness.context())).entries,
      ).toMatchObject([
        { kind: 'expire', outcome: 'pending', message: 'API server is away' },
        {},
      ]);
      harness.clock.advance({ minutes: 1 });
      await harness.expiry.run();
      expect(await outcomes()).toEqual(['expire succeeded', 'apply succeeded']);
    });

    it('keeps being tried where RBAC refuses', async () => {
      harness.clock.advance({ minutes: 61 });
      for (let attempt = 0; attempt < 3; attempt += 1) {
        harness.cluster.fail(
          'delete',
          'before',
          new NotAllowedError('RBAC: no'),
        );
        await harness.expiry.run();
        harness.clock.advance({ minutes: 1 });
      }
      expect(
        (await harness.service.history(harness.context())).entries,
      ).toMatchObject([
        { kind: 'expire', outcome: 'pending', message: 'RBAC: no' },
        {},
      ]);
      await harness.expiry.run();
      expect(await outcomes()).toEqual(['expire succeeded', 'apply succeeded']);
    });

    it('is ended by the portal or by a person at the same time, never by both', async () => {
      harness.clock.advance({ minutes: 61 });
      const [object] = harness.cluster.objects();
      await Promise.allSettled([
        harness.expiry.run(),
        harness.service.revert(harness.context(), ALLOWED, {
          workload: harness.request().workload,
          uid: object!.metadata.uid!,
          resourceVersion: object!.metadata.resourceVersion!,
        }),
      ]);
      harness.clock.advance({ minutes: 1 });
      await harness.expiry.run();
      await harness.reconciler.run();
      await harness.outsideChanges.run();
      const removals = (await outcomes()).filter(
        entry => /revert|expire|delete/.test(entry) && /succeeded/.test(entry),
      );
      expect(removals).toHaveLength(1);
      expect(await outcomes()).not.toContainEqual(
        expect.stringContaining('pending'),
      );
    });

    it('stays where Argo CD took it over, and where its end was taken away', async () => {
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.metadata.labels!['argocd.argoproj.io/instance'] = 'shop';
      });
      harness.clock.advance({ minutes: 61 });
      await harness.expiry.run();
      expect(harness.cluster.objects()).toHaveLength(1);
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        delete object.metadata.labels!['argocd.argoproj.io/instance'];
        delete object.metadata.annotations![OVERRIDE_ANNOTATIONS.expiresAt];
      });
      await harness.expiry.run();
      expect(harness.cluster.objects()).toHaveLength(1);
    });
  },
);
