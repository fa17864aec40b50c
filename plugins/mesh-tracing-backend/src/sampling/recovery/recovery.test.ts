import { ServiceUnavailableError } from '@backstage/errors';
import { Crash, dyingStore } from '../../testing/sampling/dyingStore';
import {
  applied,
  givenUpReplica,
  outcomesOf,
  recover,
} from '../../testing/sampling/recovery';
import {
  ADA,
  ALLOWED,
  BOB,
  samplingHarness,
} from '../../testing/sampling/samplingHarness';
import type { SamplingHarness } from '../../testing/sampling/samplingHarness';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('on %s, after a crash', database => {
  let harness: SamplingHarness;
  beforeEach(async () => {
    harness = await samplingHarness({ knex: await databases.init(database) });
  });
  afterEach(() => harness.close());

  describe('of an apply', () => {
    it.each([
      ['before the intent', 'begin', 'before', [], false],
      ['between intent and write', 'begin', 'after', ['apply failed'], false],
      [
        'between write and outcome',
        'settle',
        'before',
        ['apply succeeded'],
        true,
      ],
      ['after the outcome', 'settle', 'after', ['apply succeeded'], true],
    ] as const)(
      '%s, history tells the truth',
      async (_, method, when, expected, written) => {
        const dying = await harness.replica(dyingStore({ method, when }));
        const request = await harness.confirm(harness.request());
        await expect(
          dying.service.apply(harness.context(), ALLOWED, request),
        ).rejects.toBeInstanceOf(Crash);
        await recover(harness);
        expect(await outcomesOf(harness)).toEqual(expected);
        expect(harness.cluster.objects()).toHaveLength(written ? 1 : 0);
      },
    );

    it('gives the answer to a retry whose first attempt was written', async () => {
      const dying = await harness.replica(
        dyingStore({ method: 'settle', when: 'before' }),
      );
      const request = await harness.confirm(harness.request());
      await expect(
        dying.service.apply(harness.context(), ALLOWED, request),
      ).rejects.toBeInstanceOf(Crash);
      await expect(
        harness.service.apply(harness.context(), ALLOWED, request),
      ).resolves.toMatchObject({ override: { samplingPercent: 50 } });
      expect(harness.cluster.writes).toHaveLength(1);
      expect(await outcomesOf(harness)).toEqual(['apply succeeded']);
    });

    it('keeps a retry waiting while the first attempt may still be on its way', async () => {
      const dying = await harness.replica(
        dyingStore({ method: 'begin', when: 'after' }),
      );
      const request = await harness.confirm(harness.request());
      await expect(
        dying.service.apply(harness.context(), ALLOWED, request),
      ).rejects.toBeInstanceOf(Crash);
      await expect(
        harness.service.apply(harness.context(), ALLOWED, request),
      ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
      harness.clock.advance({ minutes: 1 });
      await expect(
        harness.service.apply(harness.context(), ALLOWED, request),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect(harness.cluster.writes).toEqual([]);
      expect(await outcomesOf(harness)).toEqual(['apply failed']);
    });

    it.each([
      ['lives', false, 'fulfilled'],
      ['dies after the write', true, 'rejected'],
    ] as const)(
      'that another replica gave up too early, whose clock is ahead, knows better when it %s',
      async (_, dies, end) => {
        const early = await givenUpReplica(harness, dies);
        const request = await harness.confirm(harness.request());
        const [outcome] = await Promise.allSettled([
          early.service.apply(harness.context(), ALLOWED, request),
        ]);
        expect(outcome.status).toBe(end);
        await recover(harness);
        expect(await outcomesOf(harness)).toEqual(['apply succeeded']);
        expect(harness.cluster.objects()).toHaveLength(1);
        await expect(
          harness.service.apply(harness.context(), ALLOWED, request),
        ).resolves.toMatchObject({ override: { samplingPercent: 50 } });
      },
    );

    it('counts one write once, of two attempts with one preview', async () => {
      const dying = await harness.replica(
        dyingStore({ method: 'begin', when: 'after' }),
      );
      const request = await harness.confirm(harness.request());
      await expect(
        dying.service.apply(harness.context(), ALLOWED, request),
      ).rejects.toBeInstanceOf(Crash);
      await harness.service.apply(harness.context(), ALLOWED, {
        ...request,
        requestId: 'b3c1f1a4-6f0e-4a55-8a39-0a4c1f2f7d10',
      });
      await recover(harness);
      expect(await outcomesOf(harness)).toEqual([
        'apply succeeded',
        'apply superseded',
      ]);
      expect(harness.cluster.writes).toHaveLength(1);
    });

    it('knows that a write arrived which a colleague has changed since', async () => {
      const dying = await harness.replica(
        dyingStore({ method: 'settle', when: 'before' }),
      );
      await expect(
        dying.service.apply(
          harness.context(),
          ALLOWED,
          await harness.confirm(harness.request()),
        ),
      ).rejects.toBeInstanceOf(Crash);
      await harness.service.apply(
        harness.context(BOB),
        ALLOWED,
        await harness.confirm(
          harness.request({ samplingPercent: 5 }),
          harness.context(BOB),
        ),
      );
      await recover(harness);
      expect(await outcomesOf(harness)).toEqual([
        'apply succeeded',
        'apply succeeded',
      ]);
    });

    it('misses an override that others removed before the last write was settled', async () => {
      const dieAfterWrite = async (percent: number) => {
        const dying = await harness.replica(
          dyingStore({ method: 'settle', when: 'before' }),
        );
        await expect(
          dying.service.apply(
            harness.context(),
            ALLOWED,
            await harness.confirm(
              harness.request({ samplingPercent: percent }),
            ),
          ),
        ).rejects.toBeInstanceOf(Crash);
      };
      await dieAfterWrite(50);
      harness.clock.advance({ seconds: 20 });
      await dieAfterWrite(5);
      harness.clock.advance({ seconds: 15 });
      await harness.reconciler.run();
      harness.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      await recover(harness);
      await recover(harness);
      expect(await outcomesOf(harness)).toEqual([
        'outside-delete succeeded',
        'apply superseded',
        'apply succeeded',
      ]);
    });

    it('knows that a write did not arrive where others were faster', async () => {
      await applied(harness);
      const dying = await harness.replica(
        dyingStore({ method: 'begin', when: 'after' }),
      );
      await expect(
        dying.service.apply(
          harness.context(),
          ALLOWED,
          await harness.confirm(harness.request({ samplingPercent: 5 })),
        ),
      ).rejects.toBeInstanceOf(Crash);
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.spec!.tracing![0]!.randomSamplingPercentage = 33;
      });
      await recover(harness);
      expect(await outcomesOf(harness)).toEqual([
        'outside-change succeeded',
        'apply superseded',
        'apply succeeded',
      ]);
    });
  });

  it('a write whose answer was lost is settled, whether it arrived or not', async () => {
    harness.cluster.fail(
      'create',
      'after',
      new ServiceUnavailableError('no answer within 10 seconds'),
    );
    await expect(
      harness.service.apply(
        harness.context(),
        ALLOWED,
        await harness.confirm(harness.request()),
      ),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    expect(
      (await harness.service.history(harness.context())).entries,
    ).toMatchObject([
      { outcome: 'pending', message: 'no answer within 10 seconds' },
    ]);
    await recover(harness);
    expect(await outcomesOf(harness)).toEqual(['apply succeeded']);

    harness.cluster.fail(
      'replace',
      'before',
      new ServiceUnavailableError('connection refused'),
    );
    await expect(
      harness.service.apply(
        harness.context(),
        ALLOWED,
        await harness.confirm(harness.request({ samplingPercent: 5 })),
      ),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    await recover(harness);
    expect(await outcomesOf(harness)).toEqual([
      'apply failed',
      'apply succeeded',
    ]);
  });

  it.each([
    ['between intent and deletion', 'begin', 'after', 'revert failed', 1],
    ['between deletion and outcome', 'settle', 'before', 'revert succeeded', 0],
  ] as const)(
    'of a revert %s, history tells the truth',
    async (_, method, when, expected, left) => {
      const override = await applied(harness);
      const dying = await harness.replica(dyingStore({ method, when }));
      const revert = {
        workload: harness.request().workload,
        uid: override.uid,
        resourceVersion: override.resourceVersion,
      };
      await expect(
        dying.service.revert(harness.context(), ALLOWED, revert),
      ).rejects.toBeInstanceOf(Crash);
      await recover(harness);
      expect((await outcomesOf(harness))[0]).toBe(expected);
      expect(harness.cluster.objects()).toHaveLength(left);
      // The person tries again and gets there, whichever it was.
      await harness.service.revert(harness.context(), ALLOWED, revert);
      expect(harness.cluster.objects()).toEqual([]);
      const succeeded = (await outcomesOf(harness)).filter(
        entry => entry === 'revert succeeded',
      );
      expect(succeeded).toHaveLength(1);
    },
  );

  it.each([
    ['between intent and deletion', 'begin', 'after'],
    ['between deletion and outcome', 'settle', 'before'],
    ['after the outcome', 'settle', 'after'],
  ] as const)(
    'of an expiry %s, the override ends once',
    async (_, method, when) => {
      await applied(harness);
      const dying = await harness.replica(dyingStore({ method, when }));
      harness.clock.advance({ minutes: 61 });
      await dying.expiry.run();
      await recover(harness);
      await harness.expiry.run();
      await recover(harness);
      expect(harness.cluster.objects()).toEqual([]);
      expect(
        harness.cluster.writes.filter(write => write.startsWith('delete')),
      ).toHaveLength(1);
      expect(await outcomesOf(harness)).toEqual([
        'expire succeeded',
        'apply succeeded',
      ]);
      expect(
        harness.notified.filter(({ payload }) =>
          /has ended/.test(payload.title),
        ),
      ).toHaveLength(when === 'after' && method === 'settle' ? 0 : 1);
    },
  );

  it('that left the database empty, overrides still end on time', async () => {
    await applied(harness);
    for (const table of [
      'sampling_history',
      'sampling_overrides',
      'sampling_requests',
      'sampling_claims',
    ]) {
      await harness.knex(table).delete();
    }
    await harness.outsideChanges.run();
    expect(
      (await harness.service.history(harness.context())).entries,
    ).toMatchObject([
      { kind: 'outside-change', message: expect.stringContaining('no record') },
    ]);
    harness.clock.advance({ minutes: 61 });
    await harness.expiry.run();
    expect(harness.cluster.objects()).toEqual([]);
    expect(await outcomesOf(harness)).toEqual([
      'expire succeeded',
      'outside-change succeeded',
    ]);
  });

  it('a change that could not be settled, since a call failed, is settled later', async () => {
    const dying = await harness.replica(
      dyingStore({ method: 'settle', when: 'before' }),
    );
    await expect(
      dying.service.apply(
        harness.context(),
        ALLOWED,
        await harness.confirm(harness.request()),
      ),
    ).rejects.toBeInstanceOf(Crash);
    harness.clock.advance({ minutes: 1 });
    harness.cluster.fail('get', 'before', new ServiceUnavailableError('away'));
    await harness.reconciler.run();
    expect(await outcomesOf(harness)).toEqual(['apply pending']);
    await harness.reconciler.run();
    expect(await outcomesOf(harness)).toEqual(['apply succeeded']);
    expect(
      (await harness.service.history(harness.context())).entries[0]?.actor,
    ).toBe(ADA);
  });
});
