import type { Request } from 'express';
import {
  ADA,
  ALLOWED,
  BOB,
  samplingHarness as createHarness,
  workload,
} from '../testing/sampling/samplingHarness';
import type {
  SamplingHarness,
  SamplingHarnessOptions,
} from '../testing/sampling/samplingHarness';
import { testDatabases } from '../testing/sampling/testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'on %s, a change of sampling',
  database => {
    const samplingHarness = async (options: SamplingHarnessOptions = {}) =>
      createHarness({ ...options, knex: await databases.init(database) });

    let harness: SamplingHarness;
    afterEach(() => harness.close());

    it('is previewed, applied, seen, and reverted', async () => {
      harness = await samplingHarness();
      const preview = await harness.service.preview(
        harness.context(),
        ALLOWED,
        harness.request(),
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
      expect(harness.cluster.writes).toEqual([]);

      const { override } = await harness.service.apply(
        harness.context(),
        ALLOWED,
        {
          override: harness.request(),
          token: preview.token!,
          requestId: '6e9c1e36-8f4b-4c49-8c3c-9f5e3a5f9c11',
        },
      );
      expect(override).toMatchObject({
        samplingPercent: 50,
        changedBy: ADA,
        live: true,
      });
      const [object] = harness.cluster.objects();
      expect(object?.spec?.selector).toEqual({ matchLabels: { app: 'cart' } });
      expect(
        harness.service.overrideOf(
          harness.cluster.snapshot(),
          workload('cart'),
        ),
      ).toMatchObject({ uid: override.uid });

      await harness.service.revert(harness.context(), ALLOWED, {
        workload: harness.request().workload,
        uid: override.uid,
        resourceVersion: override.resourceVersion,
      });
      expect(harness.cluster.objects()).toEqual([]);
      const { entries: history } = await harness.service.history(
        harness.context(),
      );
      expect(history).toMatchObject([
        { kind: 'revert', outcome: 'succeeded', actor: ADA },
        { kind: 'apply', outcome: 'succeeded', actor: ADA },
      ]);
      expect(history[0]?.before).toBe(history[1]?.after);
      expect(harness.auditor.createEvent).toHaveBeenCalledWith(
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
      harness = await samplingHarness();
      const request = { headers: {} } as unknown as Request;
      const context = { ...harness.context(), request };
      const { override } = await harness.service.apply(
        context,
        ALLOWED,
        await harness.confirm(harness.request()),
      );
      await harness.service.revert(context, ALLOWED, {
        workload: harness.request().workload,
        uid: override.uid,
        resourceVersion: override.resourceVersion,
      });
      expect(
        harness.auditor.createEvent.mock.calls.map(([event]) => event),
      ).toMatchObject([
        { eventId: 'sampling-apply', request },
        { eventId: 'sampling-revert', request },
      ]);
    });

    it('is announced to the person whose override it replaces', async () => {
      harness = await samplingHarness();
      await harness.service.apply(
        harness.context(),
        ALLOWED,
        await harness.confirm(harness.request()),
      );
      await harness.service.apply(
        harness.context(BOB),
        ALLOWED,
        await harness.confirm(
          harness.request({ samplingPercent: 2 }),
          harness.context(BOB),
        ),
      );
      expect(harness.notified).toMatchObject([
        {
          recipients: { entityRef: ADA },
          payload: { description: expect.stringContaining(BOB) },
        },
      ]);
    });

    it('is an extension when only the end moves on', async () => {
      harness = await samplingHarness();
      await harness.service.apply(
        harness.context(),
        ALLOWED,
        await harness.confirm(harness.request()),
      );
      await harness.service.apply(
        harness.context(),
        ALLOWED,
        await harness.confirm(
          harness.request({ expiresAt: harness.clock.in({ minutes: 120 }) }),
        ),
      );
      expect(
        (await harness.service.history(harness.context())).entries,
      ).toMatchObject([
        { kind: 'extend', expiresAt: '2026-11-20T14:00:00.000Z' },
        { kind: 'apply' },
      ]);
    });

    it('does not get past the gate without access, and nothing is written', async () => {
      harness = await samplingHarness();
      const denied = { allowed: false, reason: 'You do not own it' } as const;
      const request = await harness.confirm(harness.request());
      await expect(
        harness.service.apply(harness.context(), denied, request),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      await expect(
        harness.service.preview(harness.context(), denied, harness.request()),
      ).rejects.toThrow('You do not own it');
      expect(harness.cluster.writes).toEqual([]);
    });

    it('is shown without a way to confirm it where others stand for the workload', async () => {
      harness = await samplingHarness();
      const preview = await harness.service.preview(
        harness.context(),
        {
          allowed: false,
          reason: 'Others stand for it',
          refusedBy: 'binding',
        },
        harness.request(),
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
      harness = await samplingHarness();
      await expect(
        harness.service.preview(
          harness.context(),
          ALLOWED,
          harness.request({
            workload: { ...harness.request().workload, name: 'pay' },
          }),
        ),
      ).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining('workload'),
      });
    });

    it('shows what the API server refuses, with the field', async () => {
      harness = await samplingHarness();
      const { InputError } = jest.requireActual('@backstage/errors');
      jest
        .spyOn(harness.cluster, 'createTelemetry')
        .mockRejectedValueOnce(
          new InputError('spec.tracing[0].customTags: webhook said no'),
        );
      const preview = await harness.service.preview(
        harness.context(),
        ALLOWED,
        harness.request(),
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
      harness = await samplingHarness();
      harness.cluster.warnings = [
        'multiple providers is not currently supported',
      ];
      const preview = await harness.service.preview(
        harness.context(),
        ALLOWED,
        harness.request(),
      );
      expect(preview.dryRun.warnings).toEqual(harness.cluster.warnings);
    });

    it('is bounded in number per person and workload', async () => {
      harness = await samplingHarness({ config: { rateLimit: 2 } });
      for (const samplingPercent of [1, 2]) {
        await harness.service.apply(
          harness.context(),
          ALLOWED,
          await harness.confirm(harness.request({ samplingPercent })),
        );
      }
      const third = harness.request({ samplingPercent: 3 });
      expect(
        (await harness.service.preview(harness.context(), ALLOWED, third))
          .verdicts,
      ).toContainEqual(
        expect.objectContaining({ rule: 'rate-limit', allowed: false }),
      );
      await expect(
        harness.confirm(third, harness.context(BOB)),
      ).resolves.toBeTruthy();
      harness.clock.advance({ minutes: 11 });
      await expect(harness.confirm(third)).resolves.toBeTruthy();
    });
  },
);
