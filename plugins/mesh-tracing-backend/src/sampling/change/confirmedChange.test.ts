import {
  ADA,
  ALLOWED,
  BOB,
  samplingBench as createBench,
} from '../../testing/sampling/samplingBench';
import type {
  SamplingBench,
  SamplingBenchOptions,
} from '../../testing/sampling/samplingBench';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'on %s, a confirmed change',
  database => {
    const samplingBench = async (options: SamplingBenchOptions = {}) =>
      createBench({ ...options, knex: await databases.init(database) });

    let bench: SamplingBench;
    afterEach(() => bench.close());

    it('applies exactly what was shown', async () => {
      bench = await samplingBench();
      const preview = await bench.service.preview(
        bench.context(),
        ALLOWED,
        bench.request(),
      );
      await bench.service.apply(bench.context(), ALLOWED, {
        override: bench.request(),
        token: preview.token!,
        requestId: '6e9c1e36-8f4b-4c49-8c3c-9f5e3a5f9c11',
      });
      const again = await bench.service.preview(
        bench.context(),
        ALLOWED,
        bench.request(),
      );
      expect(again.currentYaml).toBe(preview.yaml);
      expect(again).toMatchObject({ action: 'none' });
      expect(again.token).toBeUndefined();
    });

    it('gives the same answer to a retry and writes once', async () => {
      bench = await samplingBench();
      const request = await bench.confirm(bench.request());
      const first = await bench.service.apply(
        bench.context(),
        ALLOWED,
        request,
      );
      const second = await bench.service.apply(
        bench.context(),
        ALLOWED,
        request,
      );
      expect(second).toEqual(first);
      expect(bench.cluster.writes).toHaveLength(1);
      await expect(
        bench.service.apply(bench.context(), ALLOWED, {
          ...request,
          override: bench.request({ samplingPercent: 60 }),
        }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      await expect(
        bench.service.apply(bench.context(BOB), ALLOWED, request),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('writes once when the same request arrives twice at the same time', async () => {
      bench = await samplingBench();
      const request = await bench.confirm(bench.request());
      const answers = await Promise.allSettled([
        bench.service.apply(bench.context(), ALLOWED, request),
        bench.service.apply(bench.context(), ALLOWED, request),
      ]);
      expect(bench.cluster.writes).toHaveLength(1);
      expect(
        answers.filter(({ status }) => status === 'fulfilled'),
      ).not.toEqual([]);
      expect(
        (await bench.service.history(bench.context())).entries,
      ).toHaveLength(1);
    });

    it('refuses a token that was tampered with, or is of another person or form', async () => {
      bench = await samplingBench();
      const request = await bench.confirm(bench.request());
      const [body, signature] = request.token.split('.') as [string, string];
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
      const forged = Buffer.from(
        JSON.stringify({ ...claims, user: BOB }),
      ).toString('base64url');
      const attempts = [
        { by: BOB, token: request.token },
        { by: BOB, token: `${forged}.${signature}` },
        { by: ADA, token: `${body}.${signature.slice(1)}` },
        { by: ADA, token: body },
        { by: ADA, token: '' },
        { by: ADA, token: 'bm90.anNvbg' },
      ];
      for (const { by, token } of attempts) {
        await expect(
          bench.service.apply(bench.context(by), ALLOWED, {
            ...request,
            token,
          }),
        ).rejects.toMatchObject({ name: 'InputError' });
      }
      await expect(
        bench.service.apply(bench.context(), ALLOWED, {
          ...request,
          override: bench.request({ samplingPercent: 51 }),
        }),
      ).rejects.toMatchObject({ name: 'InputError' });
      expect(bench.cluster.writes).toEqual([]);
      expect((await bench.service.history(bench.context())).entries).toEqual(
        [],
      );
    });

    it('refuses a token that is older than ten minutes', async () => {
      bench = await samplingBench();
      const request = await bench.confirm(bench.request());
      bench.clock.advance({ minutes: 10 });
      await expect(
        bench.service.apply(bench.context(), ALLOWED, request),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('loses nothing when two people save at once, 100 times', async () => {
      bench = await samplingBench({ config: { rateLimit: 1000 } });
      const saveBoth = async (round: number) => {
        const requests = await Promise.all(
          [ADA, BOB].map(async (user, index) => ({
            user,
            request: await bench.confirm(
              bench.request({
                samplingPercent: (round % 90) + 1 + index * 0.5,
              }),
              bench.context(user),
            ),
          })),
        );
        const answers = await Promise.allSettled(
          requests.map(({ user, request }) =>
            bench.service.apply(bench.context(user), ALLOWED, request),
          ),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([
          'fulfilled',
          'rejected',
        ]);
        const lost = answers.find(({ status }) => status === 'rejected');
        expect(lost).toMatchObject({
          reason: {
            name: 'ConflictError',
            meshTracing: {
              conflict: {
                currentYaml: expect.stringContaining('mesh-tracing.cart'),
                changedBy: expect.stringMatching(/ada|bob/),
              },
            },
          },
        });
      };
      for (let round = 0; round < 100; round += 1) {
        await saveBoth(round);
      }
      const { entries: history } = await bench.service.history(bench.context());
      const won = history.filter(({ outcome }) => outcome === 'succeeded');
      expect(won).toHaveLength(100);
      won.slice(0, -1).forEach((entry, index) => {
        expect(entry.before).toBe(won[index + 1]?.after);
      });
      expect(bench.cluster.writes).toHaveLength(100);
    });

    it('tells of the third way: base, mine, and what is there now', async () => {
      bench = await samplingBench();
      const first = await bench.confirm(bench.request());
      await bench.service.apply(bench.context(), ALLOWED, first);
      const mine = await bench.confirm(bench.request({ samplingPercent: 70 }));
      const theirs = await bench.confirm(
        bench.request({ samplingPercent: 80 }),
        bench.context(BOB),
      );
      await bench.service.apply(bench.context(BOB), ALLOWED, theirs);
      await expect(
        bench.service.apply(bench.context(), ALLOWED, mine),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        meshTracing: {
          conflict: {
            baseYaml: expect.stringContaining('randomSamplingPercentage: 50'),
            currentYaml: expect.stringContaining(
              'randomSamplingPercentage: 80',
            ),
            changedBy: BOB,
          },
        },
      });
    });
  },
);
