import {
  ADA,
  ALLOWED,
  BOB,
  samplingHarness as createHarness,
} from '../../testing/sampling/samplingHarness';
import type {
  SamplingHarness,
  SamplingHarnessOptions,
} from '../../testing/sampling/samplingHarness';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'on %s, a confirmed change',
  database => {
    const samplingHarness = async (options: SamplingHarnessOptions = {}) =>
      createHarness({ ...options, knex: await databases.init(database) });

    let harness: SamplingHarness;
    afterEach(() => harness.close());

    it('applies exactly what was shown', async () => {
      harness = await samplingHarness();
      const preview = await harness.service.preview(
        harness.context(),
        ALLOWED,
        harness.request(),
      );
      await harness.service.apply(harness.context(), ALLOWED, {
        override: harness.request(),
        token: preview.token!,
        requestId: '6e9c1e36-8f4b-4c49-8c3c-9f5e3a5f9c11',
      });
      const again = await harness.service.preview(
        harness.context(),
        ALLOWED,
        harness.request(),
      );
      expect(again.currentYaml).toBe(preview.yaml);
      expect(again).toMatchObject({ action: 'none' });
      expect(again.token).toBeUndefined();
    });

    it('gives the same answer to a retry and writes once', async () => {
      harness = await samplingHarness();
      const request = await harness.confirm(harness.request());
      const first = await harness.service.apply(
        harness.context(),
        ALLOWED,
        request,
      );
      const second = await harness.service.apply(
        harness.context(),
        ALLOWED,
        request,
      );
      expect(second).toEqual(first);
      expect(harness.cluster.writes).toHaveLength(1);
      await expect(
        harness.service.apply(harness.context(), ALLOWED, {
          ...request,
          override: harness.request({ samplingPercent: 60 }),
        }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      await expect(
        harness.service.apply(harness.context(BOB), ALLOWED, request),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('writes once when the same request arrives twice at the same time', async () => {
      harness = await samplingHarness();
      const request = await harness.confirm(harness.request());
      const answers = await Promise.allSettled([
        harness.service.apply(harness.context(), ALLOWED, request),
        harness.service.apply(harness.context(), ALLOWED, request),
      ]);
      expect(harness.cluster.writes).toHaveLength(1);
      expect(
        answers.filter(({ status }) => status === 'fulfilled'),
      ).not.toEqual([]);
      expect(
        (await harness.service.history(harness.context())).entries,
      ).toHaveLength(1);
    });

    it('refuses a token that was tampered with, or is of another person or form', async () => {
      harness = await samplingHarness();
      const request = await harness.confirm(harness.request());
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
          harness.service.apply(harness.context(by), ALLOWED, {
            ...request,
            token,
          }),
        ).rejects.toMatchObject({ name: 'InputError' });
      }
      await expect(
        harness.service.apply(harness.context(), ALLOWED, {
          ...request,
          override: harness.request({ samplingPercent: 51 }),
        }),
      ).rejects.toMatchObject({ name: 'InputError' });
      expect(harness.cluster.writes).toEqual([]);
      expect(
        (await harness.service.history(harness.context())).entries,
      ).toEqual([]);
    });

    it('refuses a token that is older than ten minutes', async () => {
      harness = await samplingHarness();
      const request = await harness.confirm(harness.request());
      harness.clock.advance({ minutes: 10 });
      await expect(
        harness.service.apply(harness.context(), ALLOWED, request),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('loses nothing when two people save at once, 100 times', async () => {
      harness = await samplingHarness({ config: { rateLimit: 1000 } });
      const saveBoth = async (round: number) => {
        const requests = await Promise.all(
          [ADA, BOB].map(async (user, index) => ({
            user,
            request: await harness.confirm(
              harness.request({
                samplingPercent: (round % 90) + 1 + index * 0.5,
              }),
              harness.context(user),
            ),
          })),
        );
        const answers = await Promise.allSettled(
          requests.map(({ user, request }) =>
            harness.service.apply(harness.context(user), ALLOWED, request),
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
      const { entries: history } = await harness.service.history(
        harness.context(),
      );
      const won = history.filter(({ outcome }) => outcome === 'succeeded');
      expect(won).toHaveLength(100);
      won.slice(0, -1).forEach((entry, index) => {
        expect(entry.before).toBe(won[index + 1]?.after);
      });
      expect(harness.cluster.writes).toHaveLength(100);
    });

    it('tells of the third way: base, mine, and what is there now', async () => {
      harness = await samplingHarness();
      const first = await harness.confirm(harness.request());
      await harness.service.apply(harness.context(), ALLOWED, first);
      const mine = await harness.confirm(
        harness.request({ samplingPercent: 70 }),
      );
      const theirs = await harness.confirm(
        harness.request({ samplingPercent: 80 }),
        harness.context(BOB),
      );
      await harness.service.apply(harness.context(BOB), ALLOWED, theirs);
      await expect(
        harness.service.apply(harness.context(), ALLOWED, mine),
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
