import { OVERRIDE_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';
import type { Request } from 'express';
import {
  ADA,
  ALLOWED,
  BOB,
  samplingBench as createBench,
  workload,
} from './__testUtils__/samplingBench';
import type {
  SamplingBench,
  SamplingBenchOptions,
} from './__testUtils__/samplingBench';
import { testDatabases } from './__testUtils__/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'on %s, a change of sampling',
  database => {
    const samplingBench = async (options: SamplingBenchOptions = {}) =>
      createBench({ ...options, knex: await databases.init(database) });

    let bench: SamplingBench;
    afterEach(() => bench.close());

    it('is previewed, applied, seen, and reverted', async () => {
      bench = await samplingBench();
      const preview = await bench.service.preview(
        bench.context(),
        ALLOWED,
        bench.request(),
      );
      expect(preview).toMatchObject({
        action: 'create',
        dryRun: { outcome: 'accepted', warnings: [] },
        changes: [
          {
            workload: { name: 'cart', podCount: 1 },
            intended: true,
            before: { server: { samplingPercent: { value: 1 } } },
            after: { server: { samplingPercent: { value: 50 } } },
          },
        ],
      });
      expect(preview.verdicts.filter(({ allowed }) => !allowed)).toEqual([]);
      expect(preview.yaml).toContain('name: mesh-tracing.cart');
      expect(bench.cluster.writes).toEqual([]);

      const { override } = await bench.service.apply(bench.context(), ALLOWED, {
        override: bench.request(),
        token: preview.token!,
        requestId: '6e9c1e36-8f4b-4c49-8c3c-9f5e3a5f9c11',
      });
      expect(override).toMatchObject({
        samplingPercent: 50,
        changedBy: ADA,
        live: true,
      });
      const [object] = bench.cluster.objects();
      expect(object?.spec?.selector).toEqual({ matchLabels: { app: 'cart' } });
      expect(
        bench.service.overrideOf(bench.cluster.snapshot(), workload('cart')),
      ).toMatchObject({ uid: override.uid });

      await bench.service.revert(bench.context(), ALLOWED, {
        workload: bench.request().workload,
        uid: override.uid,
        resourceVersion: override.resourceVersion,
      });
      expect(bench.cluster.objects()).toEqual([]);
      const { entries: history } = await bench.service.history(bench.context());
      expect(history).toMatchObject([
        { kind: 'revert', outcome: 'succeeded', actor: ADA },
        { kind: 'apply', outcome: 'succeeded', actor: ADA },
      ]);
      expect(history[0]?.before).toBe(history[1]?.after);
      expect(bench.auditor.createEvent).toHaveBeenCalledWith(
        expect.objectContaining({
          eventId: 'sampling-apply',
          meta: expect.objectContaining({
            actor: ADA,
            after: expect.any(String),
          }),
        }),
      );
    });

    it("is audited with the caller's request, from which the actor comes", async () => {
      bench = await samplingBench();
      const request = { headers: {} } as unknown as Request;
      const context = { ...bench.context(), request };
      const { override } = await bench.service.apply(
        context,
        ALLOWED,
        await bench.confirm(bench.request()),
      );
      await bench.service.revert(context, ALLOWED, {
        workload: bench.request().workload,
        uid: override.uid,
        resourceVersion: override.resourceVersion,
      });
      expect(
        bench.auditor.createEvent.mock.calls.map(([event]) => event),
      ).toMatchObject([
        { eventId: 'sampling-apply', request },
        { eventId: 'sampling-revert', request },
      ]);
    });

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

    it('is told to the one who set the former override', async () => {
      bench = await samplingBench();
      await bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request()),
      );
      await bench.service.apply(
        bench.context(BOB),
        ALLOWED,
        await bench.confirm(
          bench.request({ samplingPercent: 2 }),
          bench.context(BOB),
        ),
      );
      expect(bench.notified).toMatchObject([
        {
          recipients: { entityRef: ADA },
          payload: { description: expect.stringContaining(BOB) },
        },
      ]);
    });

    it('is an extension when only the end moves on', async () => {
      bench = await samplingBench();
      await bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request()),
      );
      await bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(
          bench.request({ expiresAt: bench.clock.in({ minutes: 120 }) }),
        ),
      );
      expect(
        (await bench.service.history(bench.context())).entries,
      ).toMatchObject([
        { kind: 'extend', expiresAt: '2026-11-20T14:00:00.000Z' },
        { kind: 'apply' },
      ]);
    });

    it('is refused without access, and nothing is asked of the cluster', async () => {
      bench = await samplingBench();
      const denied = { allowed: false, reason: 'You do not own it' } as const;
      const request = await bench.confirm(bench.request());
      await expect(
        bench.service.apply(bench.context(), denied, request),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      const preview = await bench.service.preview(
        bench.context(),
        denied,
        bench.request(),
      );
      expect(preview.token).toBeUndefined();
      expect(preview.dryRun.outcome).toBe('unavailable');
      expect(preview.verdicts[0]).toEqual({
        rule: 'write-access',
        allowed: false,
        message: 'You do not own it',
      });
    });

    it('is refused for a workload of another entity', async () => {
      bench = await samplingBench();
      await expect(
        bench.service.preview(
          bench.context(),
          ALLOWED,
          bench.request({
            workload: { ...bench.request().workload, name: 'pay' },
          }),
        ),
      ).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('workload'),
      });
    });

    it('shows what the API server refuses, with the field', async () => {
      bench = await samplingBench();
      const { InputError } = jest.requireActual('@backstage/errors');
      jest
        .spyOn(bench.cluster, 'createTelemetry')
        .mockRejectedValueOnce(
          new InputError('spec.tracing[0].customTags: webhook said no'),
        );
      const preview = await bench.service.preview(
        bench.context(),
        ALLOWED,
        bench.request(),
      );
      expect(preview.token).toBeUndefined();
      expect(preview.dryRun).toEqual({
        outcome: 'refused',
        message: 'spec.tracing[0].customTags: webhook said no',
        field: 'spec.tracing[0].customTags',
        warnings: [],
      });
    });

    it('passes the warnings of the API server on', async () => {
      bench = await samplingBench();
      bench.cluster.warnings = [
        'multiple providers is not currently supported',
      ];
      const preview = await bench.service.preview(
        bench.context(),
        ALLOWED,
        bench.request(),
      );
      expect(preview.dryRun.warnings).toEqual(bench.cluster.warnings);
    });

    it('leaves an object alone that Argo CD manages, and still shows the YAML', async () => {
      bench = await samplingBench();
      await bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request()),
      );
      const pending = await bench.confirm(
        bench.request({ samplingPercent: 9 }),
      );
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.metadata.annotations!['argocd.argoproj.io/tracking-id'] =
          'shop:telemetry.istio.io/Telemetry:shop/mesh-tracing.cart';
      });
      const preview = await bench.service.preview(
        bench.context(),
        ALLOWED,
        bench.request({ samplingPercent: 9 }),
      );
      expect(preview.token).toBeUndefined();
      expect(preview.yaml).toContain('randomSamplingPercentage: 9');
      expect(preview.verdicts).toContainEqual(
        expect.objectContaining({
          rule: 'gitops',
          allowed: false,
          message: expect.stringContaining('Argo CD'),
        }),
      );
      await expect(
        bench.service.apply(bench.context(), ALLOWED, pending),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      const [object] = bench.cluster.objects();
      await expect(
        bench.service.revert(bench.context(), ALLOWED, {
          workload: bench.request().workload,
          uid: object!.metadata.uid!,
          resourceVersion: object!.metadata.resourceVersion!,
        }),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      expect(bench.cluster.writes).toHaveLength(1);
    });

    it("leaves an object alone that holds the name and is not the portal's", async () => {
      bench = await samplingBench({
        telemetries: [
          {
            metadata: { namespace: 'shop', name: 'mesh-tracing.cart' },
            spec: { tracing: [{ randomSamplingPercentage: 3 }] },
          },
        ],
      });
      const preview = await bench.service.preview(
        bench.context(),
        ALLOWED,
        bench.request(),
      );
      expect(preview.token).toBeUndefined();
      expect(preview.verdicts).toContainEqual(
        expect.objectContaining({ rule: 'name-taken', allowed: false }),
      );
    });

    it('is bounded in number per person and workload', async () => {
      bench = await samplingBench({ config: { rateLimit: 2 } });
      for (const samplingPercent of [1, 2]) {
        await bench.service.apply(
          bench.context(),
          ALLOWED,
          await bench.confirm(bench.request({ samplingPercent })),
        );
      }
      const third = bench.request({ samplingPercent: 3 });
      expect(
        (await bench.service.preview(bench.context(), ALLOWED, third)).verdicts,
      ).toContainEqual(
        expect.objectContaining({ rule: 'rate-limit', allowed: false }),
      );
      await expect(
        bench.confirm(third, bench.context(BOB)),
      ).resolves.toBeTruthy();
      bench.clock.advance({ minutes: 11 });
      await expect(bench.confirm(third)).resolves.toBeTruthy();
    });

    it('keeps the annotations that others put on the object, and its metrics', async () => {
      bench = await samplingBench();
      await bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request()),
      );
      bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.metadata.annotations!['example.org/note'] = 'keep';
        object.spec!.metrics = [{ providers: [{ name: 'prometheus' }] }];
      });
      await bench.service.apply(
        bench.context(),
        ALLOWED,
        await bench.confirm(bench.request({ samplingPercent: 7 })),
      );
      const [object] = bench.cluster.objects();
      expect(object?.metadata.annotations).toMatchObject({
        'example.org/note': 'keep',
        [OVERRIDE_ANNOTATIONS.workload]: 'Deployment/cart',
      });
      expect(object?.spec?.metrics).toEqual([
        { providers: [{ name: 'prometheus' }] },
      ]);
    });
  },
);
