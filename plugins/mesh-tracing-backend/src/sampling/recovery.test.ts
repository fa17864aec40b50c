import { ServiceUnavailableError } from '@backstage/errors';
import type { Sampling } from './createSampling';
import { Crash, dyingStore } from './__testUtils__/dyingStore';
import {
  ADA,
  ALLOWED,
  BOB,
  samplingBench,
} from './__testUtils__/samplingBench';
import type { SamplingBench } from './__testUtils__/samplingBench';
import { testDatabases } from './__testUtils__/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('on %s, after a crash', database => {
  let bench: SamplingBench;
  beforeEach(async () => {
    bench = await samplingBench({ knex: await databases.init(database) });
  });
  afterEach(() => bench.close());

  async function recover(sampling: Sampling = bench): Promise<void> {
    bench.clock.advance({ minutes: 1 });
    await sampling.reconciler.run();
    await sampling.outsideChanges.run();
  }
  const outcomes = async () =>
    (await bench.service.history(bench.context())).entries.map(
      ({ kind, outcome }) => `${kind} ${outcome}`,
    );
  const applied = async (overrides = {}) =>
    (
      await bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request(overrides)),
      )
    ).override;

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
        await recover();
        expect(await outcomes()).toEqual(expected);
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
      expect(await outcomes()).toEqual(['apply succeeded']);
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
      expect(await outcomes()).toEqual(['apply failed']);
    });

    it.each([
      ['lives', undefined, 'fulfilled'],
      ['dies after the write', 'before', 'rejected'],
    ] as const)(
      'that another replica gave up too early, whose clock is ahead, knows better when it %s',
      async (_, dies, end) => {
        const early = await bench.replica(inner => {
          const store = dies
            ? dyingStore({ method: 'settle', when: dies })(inner)
            : inner;
          return new Proxy(store, {
            get: (target, property: keyof typeof store) =>
              property === 'begin'
                ? async (...args: Parameters<typeof store.begin>) => {
                    const begun = await inner.begin(...args);
                    bench.clock.advance({ minutes: 1 });
                    await bench.reconciler.run();
                    return begun;
                  }
                : target[property].bind(target),
          });
        });
        const request = await bench.confirm(bench.request());
        const [outcome] = await Promise.allSettled([
          early.service.apply(bench.context(), ALLOWED, request),
        ]);
        expect(outcome.status).toBe(end);
        await recover();
        expect(await outcomes()).toEqual(['apply succeeded']);
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
      await recover();
      expect(await outcomes()).toEqual(['apply succeeded', 'apply superseded']);
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
      await recover();
      expect(await outcomes()).toEqual(['apply succeeded', 'apply succeeded']);
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
      await recover();
      await recover();
      expect(await outcomes()).toEqual([
        'outside-delete succeeded',
        'apply superseded',
        'apply succeeded',
      ]);
    });

    it('knows that a write did not arrive where others were faster', async () => {
      await applied();
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
      await recover();
      expect(await outcomes()).toEqual([
        'outside-change succeeded',
        'apply superseded',
        'apply succeeded',
      ]);
    });
  });

  it('settles a write whose answer was lost, both ways', async () => {
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
    await recover();
    expect(await outcomes()).toEqual(['apply succeeded']);

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
    await recover();
    expect(await outcomes()).toEqual(['apply failed', 'apply succeeded']);
  });

  it.each([
    ['between intent and deletion', 'begin', 'after', 'revert failed', 1],
    ['between deletion and outcome', 'settle', 'before', 'revert succeeded', 0],
  ] as const)(
    'of a revert %s, history tells the truth',
    async (_, method, when, expected, left) => {
      const override = await applied();
      const dying = await bench.replica(dyingStore({ method, when }));
      const revert = {
        workload: bench.request().workload,
        uid: override.uid,
        resourceVersion: override.resourceVersion,
      };
      await expect(
        dying.service.revert(bench.context(), ALLOWED, revert),
      ).rejects.toBeInstanceOf(Crash);
      await recover();
      expect((await outcomes())[0]).toBe(expected);
      expect(bench.cluster.objects()).toHaveLength(left);
      // The person tries again and gets there, whichever it was.
      await bench.service.revert(bench.context(), ALLOWED, revert);
      expect(bench.cluster.objects()).toEqual([]);
      const succeeded = (await outcomes()).filter(
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
      await applied();
      const dying = await bench.replica(dyingStore({ method, when }));
      bench.clock.advance({ minutes: 61 });
      await dying.expiry.run();
      await recover();
      await bench.expiry.run();
      await recover();
      expect(bench.cluster.objects()).toEqual([]);
      expect(
        bench.cluster.writes.filter(write => write.startsWith('delete')),
      ).toHaveLength(1);
      expect(await outcomes()).toEqual(['expire succeeded', 'apply succeeded']);
      expect(
        bench.notified.filter(({ payload }) => /has ended/.test(payload.title)),
      ).toHaveLength(when === 'after' && method === 'settle' ? 0 : 1);
    },
  );

  it('of the database, overrides still end on time', async () => {
    await applied();
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
    expect(await outcomes()).toEqual([
      'expire succeeded',
      'outside-change succeeded',
    ]);
  });

  it('leaves others to be settled when one cluster call fails', async () => {
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
    expect(await outcomes()).toEqual(['apply pending']);
    await bench.reconciler.run();
    expect(await outcomes()).toEqual(['apply succeeded']);
    expect(
      (await bench.service.history(bench.context())).entries[0]?.actor,
    ).toBe(ADA);
  });
});
