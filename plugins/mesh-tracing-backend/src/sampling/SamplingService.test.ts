import type { Request } from 'express';
import {
  ADA,
  ALLOWED,
  BOB,
  samplingBench as createBench,
  workload,
} from '../testing/sampling/samplingBench';
import type {
  SamplingBench,
  SamplingBenchOptions,
} from '../testing/sampling/samplingBench';
import { testDatabases } from '../testing/sampling/testDatabases';

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

    it('does not get past the gate without access, and nothing is written', async () => {
      bench = await samplingBench();
      const denied = { allowed: false, reason: 'You do not own it' } as const;
      const request = await bench.confirm(bench.request());
      await expect(
        bench.service.apply(bench.context(), denied, request),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      await expect(
        bench.service.preview(bench.context(), denied, bench.request()),
      ).rejects.toThrow('You do not own it');
      expect(bench.cluster.writes).toEqual([]);
    });

    it('is shown without a way to confirm it where others stand for the workload', async () => {
      bench = await samplingBench();
      const preview = await bench.service.preview(
        bench.context(),
        {
          allowed: false,
          reason: 'Others stand for it',
          refusedBy: 'binding',
        },
        bench.request(),
      );
      expect(preview.token).toBeUndefined();
      expect(preview.dryRun.outcome).toBe('unavailable');
      expect(preview.verdicts).toContainEqual({
        rule: 'binding',
        allowed: false,
        message: 'Others stand for it',
        field: 'workload',
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
        name: 'NotAllowedError',
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
  },
);
