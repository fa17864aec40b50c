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
  samplingBench,
} from '../../testing/sampling/samplingBench';
import type { SamplingBench } from '../../testing/sampling/samplingBench';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('on %s, after a crash', database => {
  let bench: SamplingBench;
  beforeEach(async () => {
    bench = await samplingBench({ knex: await databases.init(database) });
  });
  afterEach(() => bench.close());

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
        const dying = await bench.replica(dyingStore({ method, when }));
        const request = await bench.confirm(bench.request());
        await expect(
          dying.service.apply(bench.context(), ALLOWED, request),
        ).rejects.toBeInstanceOf(Crash);
        await recover(bench);
        expect(await outcomesOf(bench)).toEqual(expected);
        expect(bench.cluster.objects()).toHaveLength(written ? 1 : 0);
      },
    );

    it('gives the answer to a retry whose first attempt was written', async () => {
      const dying = await bench.replica(
        dyingStore({ method: 'settle', when: 'before' }),
      );
      const request = await bench.confirm(bench.request());
      await expect(
        dying.service.apply(bench.context(), ALLOWED, request),
      ).rejects.toBeInstanceOf(Crash);
      await expect(
        bench.service.apply(bench.context(), ALLOWED, request),
      ).resolves.toMatchObject({ override: { samplingPercent: 50 } });
      expect(bench.cluster.writes).toHaveLength(1);
      expect(await outcomesOf(bench)).toEqual(['apply succeeded']);
    });

    it('keeps a retry waiting while the first attempt may still be on its way', async () => {
      const dying = await bench.replica(
        dyingStore({ method: 'begin', when: 'after' }),
      );
      const request = await bench.confirm(bench.request());
      await expect(
        dying.service.apply(bench.context(), ALLOWED, request),
      ).rejects.toBeInstanceOf(Crash);
      await expect(
        bench.service.apply(bench.context(), ALLOWED, request),
      ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
      bench.clock.advance({ minutes: 1 });
      await expect(
        bench.service.apply(bench.context(), ALLOWED, request),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect(bench.cluster.writes).toEqual([]);
      expect(await outcomesOf(bench)).toEqual(['apply failed']);
    });

    it.each([
      ['lives', false, 'fulfilled'],
      ['dies after the write', true, 'rejected'],
    ] as const)(
      'that another replica gave up too early, whose clock is ahead, knows better when it %s',
      async (_, dies, end) => {
        const early = await givenUpReplica(bench, dies);
        const request = await bench.confirm(bench.request());
        const [outcome] = await Promise.allSettled([
          early.service.apply(bench.context(), ALLOWED, request),
        ]);
        expect(outcome.status).toBe(end);
        await recover(bench);
        expect(await outcomesOf(bench)).toEqual(['apply succeeded']);
        expect(bench.cluster.objects()).toHaveLength(1);
        await expect(
          bench.service.apply(bench.context(), ALLOWED, request),
        ).resolves.toMatchObject({ override: { samplingPercent: 50 } });
      },
    );

    it('counts one write once, of two attempts with one preview', async () => {
      const dying = await bench.replica(
        dyingStore({ method: 'begin', when: 'after' }),
      );
      const request = await bench.confirm(bench.request());
      await expect(
        dying.service.apply(bench.context(), ALLOWED, request),
      ).rejects.toBeInstanceOf(Crash);
      await bench.service.apply(bench.context(), ALLOWED, {
        ...request,
        requestId: 'b3c1f1a4-6f0e-4a55-8a39-0a4c1f2f7d10',
      });
      await recover(bench);
      expect(await outcomesOf(bench)).toEqual([
        'apply succeeded',
        'apply superseded',
      ]);
      expect(bench.cluster.writes).toHaveLength(1);
    });

    it('knows that a write arrived which a colleague has changed since', async () => {
      const dying = await bench.replica(
        dyingStore({ method: 'settle', when: 'before' }),
      );
      await expect(
        dying.service.apply(
          bench.context(),
          ALLOWED,
          await bench.confirm(bench.request()),
        ),
      ).rejects.toBeInstanceOf(Crash);
      await bench.service.apply(
        bench.context(BOB),
        ALLOWED,
        await bench.confirm(
          bench.request({ samplingPercent: 5 }),
          bench.context(BOB),
        ),
      );
      await recover(bench);
      expect(await outcomesOf(bench)).toEqual([
        'apply succeeded',
        'apply succeeded',
      ]);
    });

    it('misses an override that others removed before the last write was settled', async () => {
      const dieAfterWrite = async (percent: number) => {
        const dying = await bench.replica(
          dyingStore({ method: 'settle', when: 'before' }),
        );
        await expect(
          dying.service.apply(
            bench.context(),
            ALLOWED,
            await bench.confirm(bench.request({ samplingPercent: percent })),
          ),
        ).rejects.toBeInstanceOf(Crash);
      };
      await dieAfterWrite(50);
      bench.clock.advance({ seconds: 20 });
      await dieAfterWrite(5);
      bench.clock.advance({ seconds: 15 });
      await bench.reconciler.run();
      bench.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      await recover(bench);
      await recover(bench);
      expect(await outcomesOf(bench)).toEqual([
        'outside-delete succeeded',
        'apply superseded',
        'apply succeeded',
      ]);
    });

    it('knows that a write did not arrive where others were faster', async () => {
      await applied(bench);
      const dying = await bench.replica(
        dyingStore({ method: 'begin', when: 'after' }),
      );
      await expect(
        dying.service.apply(
          bench.context(),
          ALLOWED,
          await bench.confirm(bench.request({ samplingPercent: 5 })),
        ),
      ).rejects.toBeInstanceOf(Crash);
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.spec!.tracing![0]!.randomSamplingPercentage = 33;
      });
      await recover(bench);
      expect(await outcomesOf(bench)).toEqual([
        'outside-change succeeded',
        'apply superseded',
        'apply succeeded',
      ]);
    });
  });

  it('a write whose answer was lost is settled, whether it arrived or not', async () => {
    bench.cluster.fail(
      'create',
      'after',
      new ServiceUnavailableError('no answer within 10 seconds'),
    );
    await expect(
      bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request()),
      ),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    expect(
      (await bench.service.history(bench.context())).entries,
    ).toMatchObject([
      { outcome: 'pending', message: 'no answer within 10 seconds' },
    ]);
    await recover(bench);
    expect(await outcomesOf(bench)).toEqual(['apply succeeded']);

    bench.cluster.fail(
      'replace',
      'before',
      new ServiceUnavailableError('connection refused'),
    );
    await expect(
      bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request({ samplingPercent: 5 })),
      ),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    await recover(bench);
    expect(await outcomesOf(bench)).toEqual([
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
      const override = await applied(bench);
      const dying = await bench.replica(dyingStore({ method, when }));
      const revert = {
        workload: bench.request().workload,
        uid: override.uid,
        resourceVersion: override.resourceVersion,
      };
      await expect(
        dying.service.revert(bench.context(), ALLOWED, revert),
      ).rejects.toBeInstanceOf(Crash);
      await recover(bench);
      expect((await outcomesOf(bench))[0]).toBe(expected);
      expect(bench.cluster.objects()).toHaveLength(left);
      // The person tries again and gets there, whichever it was.
      await bench.service.revert(bench.context(), ALLOWED, revert);
      expect(bench.cluster.objects()).toEqual([]);
      const succeeded = (await outcomesOf(bench)).filter(
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
      await applied(bench);
      const dying = await bench.replica(dyingStore({ method, when }));
      bench.clock.advance({ minutes: 61 });
      await dying.expiry.run();
      await recover(bench);
      await bench.expiry.run();
      await recover(bench);
      expect(bench.cluster.objects()).toEqual([]);
      expect(
        bench.cluster.writes.filter(write => write.startsWith('delete')),
      ).toHaveLength(1);
      expect(await outcomesOf(bench)).toEqual([
        'expire succeeded',
        'apply succeeded',
      ]);
      expect(
        bench.notified.filter(({ payload }) => /has ended/.test(payload.title)),
      ).toHaveLength(when === 'after' && method === 'settle' ? 0 : 1);
    },
  );

  it('that left the database empty, overrides still end on time', async () => {
    await applied(bench);
    for (const table of [
      'sampling_history',
      'sampling_overrides',
      'sampling_requests',
      'sampling_claims',
    ]) {
      await bench.knex(table).delete();
    }
    await bench.outsideChanges.run();
    expect(
      (await bench.service.history(bench.context())).entries,
    ).toMatchObject([
      { kind: 'outside-change', message: expect.stringContaining('no record') },
    ]);
    bench.clock.advance({ minutes: 61 });
    await bench.expiry.run();
    expect(bench.cluster.objects()).toEqual([]);
    expect(await outcomesOf(bench)).toEqual([
      'expire succeeded',
      'outside-change succeeded',
    ]);
  });

  it('a change that could not be settled, since a call failed, is settled later', async () => {
    const dying = await bench.replica(
      dyingStore({ method: 'settle', when: 'before' }),
    );
    await expect(
      dying.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request()),
      ),
    ).rejects.toBeInstanceOf(Crash);
    bench.clock.advance({ minutes: 1 });
    bench.cluster.fail('get', 'before', new ServiceUnavailableError('away'));
    await bench.reconciler.run();
    expect(await outcomesOf(bench)).toEqual(['apply pending']);
    await bench.reconciler.run();
    expect(await outcomesOf(bench)).toEqual(['apply succeeded']);
    expect(
      (await bench.service.history(bench.context())).entries[0]?.actor,
    ).toBe(ADA);
  });
});
