import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import type { GatedSampling } from '../testing/sampling/gatedService';
import { requireDeclared } from '../testing/portal/requireDeclared';
import { dyingStore } from '../testing/sampling/dyingStore';
import { outcomesOf } from '../testing/sampling/recovery';
import {
  ADA,
  ALLOWED,
  BOB,
  samplingHarness,
  type SamplingHarness,
} from '../testing/sampling/samplingHarness';
import { testDatabases } from '../testing/sampling/testDatabases';

const databases = testDatabases();

interface AuditedEvent {
  eventId: string;
  meta: Record<string, unknown>;
  end?: 'success' | 'fail';
}

describe.each(databases.eachSupportedId())('on %s, the audit log', database => {
  let harness: SamplingHarness;
  let events: AuditedEvent[];
  beforeEach(async () => {
    events = [];
    harness = await samplingHarness({ knex: await databases.init(database) });
    harness.auditor.createEvent.mockImplementation(
      async ({ eventId, severityLevel, meta }) => {
        const event: AuditedEvent = { eventId, meta: { ...meta } };
        requireDeclared({ eventId, severityLevel, meta });
        events.push(event);
        return {
          success: async () => {
            event.end = 'success';
          },
          fail: async () => {
            event.end = 'fail';
          },
        };
      },
    );
  });
  afterEach(() => harness.close());

  const apply = async (by: Pick<GatedSampling, 'service'> = harness) =>
    by.service.apply(
      harness.context(),
      ALLOWED,
      await harness.confirm(harness.request()),
    );
  const revert = async (by: Pick<GatedSampling, 'service'> = harness) => {
    const { uid = '', resourceVersion = '' } =
      harness.cluster.objects()[0]!.metadata;
    await by.service.revert(harness.context(), ALLOWED, {
      workload: harness.request().workload,
      uid,
      resourceVersion,
    });
  };
  const settle = async () => {
    harness.clock.advance({ minutes: 1 });
    await harness.reconciler.run();
    await harness.outsideChanges.run();
  };
  /** What the log says last of each change, beside what the history says. */
  const verdicts = async () => {
    const rows: Array<{ id: string; kind: string; outcome: string }> =
      await harness.knex('sampling_history').orderBy('seq');
    return rows.map(({ id, kind, outcome }) => {
      const ends = events.filter(
        event => event.meta.historyId === id && event.end,
      );
      return [kind, outcome, ends.at(-1)?.end];
    });
  };
  const lost = new ServiceUnavailableError('no answer');

  it('does not call failed what arrived though the answer was lost', async () => {
    harness.cluster.fail('create', 'after', lost);
    await expect(apply()).rejects.toThrow('no answer');
    expect(await verdicts()).toEqual([['apply', 'pending', undefined]]);
    await settle();
    expect(await verdicts()).toEqual([['apply', 'succeeded', 'success']]);
    expect(events.at(-1)).toMatchObject({
      eventId: 'sampling-settled',
      meta: {
        kind: 'apply',
        outcome: 'succeeded',
        actor: ADA,
        after: expect.stringContaining('randomSamplingPercentage: 50'),
      },
    });
  });

  it('calls failed what never arrived', async () => {
    harness.cluster.fail('create', 'before', lost);
    await expect(apply()).rejects.toThrow('no answer');
    await settle();
    expect(await verdicts()).toEqual([['apply', 'failed', 'fail']]);
  });

  it('tells of a removal whose answer was lost', async () => {
    await apply();
    harness.cluster.fail('delete', 'after', lost);
    await expect(revert()).rejects.toThrow('no answer');
    await settle();
    expect(await verdicts()).toEqual([
      ['apply', 'succeeded', 'success'],
      ['revert', 'succeeded', 'success'],
    ]);
  });

  it('tells of an end whose answer was lost', async () => {
    await apply();
    harness.clock.advance({ minutes: 61 });
    harness.cluster.fail('delete', 'after', lost);
    await harness.expiry.run();
    await settle();
    expect(await verdicts()).toEqual([
      ['apply', 'succeeded', 'success'],
      ['expire', 'succeeded', 'success'],
    ]);
  });

  it.each([
    ['begin', 'after', 'failed', 'fail'],
    ['settle', 'before', 'succeeded', 'success'],
    ['settle', 'after', 'succeeded', 'success'],
  ] as const)(
    'is complete when the portal dies around %s in the store: %s it',
    async (method, when, outcome, end) => {
      await expect(
        apply(await harness.replica(dyingStore({ method, when }))),
      ).rejects.toThrow();
      await settle();
      expect(await verdicts()).toEqual([['apply', outcome, end]]);
    },
  );

  it('has one event of an apply, however often its request is repeated meanwhile', async () => {
    const request = await harness.confirm(harness.request());
    const send = () =>
      harness.service.apply(harness.context(), ALLOWED, request);
    const create = harness.cluster.createTelemetry.bind(harness.cluster);
    const meanwhile: unknown[] = [];
    harness.cluster.createTelemetry = async (...args) => {
      if (!args[1]?.dryRun) {
        meanwhile.push(...(await Promise.allSettled([send()])));
      }
      return create(...args);
    };
    await send();
    expect(meanwhile).toMatchObject([
      { reason: { message: expect.stringContaining('still under way') } },
    ]);
    await send();
    expect(events).toMatchObject([
      { eventId: 'sampling-apply', end: 'success' },
    ]);
    expect(await verdicts()).toEqual([['apply', 'succeeded', 'success']]);
  });

  it('has one event of two requests with one id at the same time, and of a retry of a refusal', async () => {
    const request = await harness.confirm(harness.request());
    const send = () =>
      harness.service.apply(harness.context(), ALLOWED, request);
    harness.cluster.fail('create', 'before', new NotAllowedError('forbidden'));
    await Promise.allSettled([send(), send()]);
    await expect(send()).rejects.toThrow('forbidden');
    expect(events).toMatchObject([{ eventId: 'sampling-apply', end: 'fail' }]);
    expect(await verdicts()).toEqual([['apply', 'failed', 'fail']]);
  });

  it('has the refused attempt to use a request id for another request', async () => {
    const request = await harness.confirm(harness.request());
    await harness.service.apply(harness.context(), ALLOWED, request);
    await expect(
      harness.service.apply(harness.context(BOB), ALLOWED, request),
    ).rejects.toThrow('requestId');
    expect(events.at(-1)).toMatchObject({
      eventId: 'sampling-apply',
      end: 'fail',
      meta: { actor: BOB },
    });
  });

  it('has one event of an end that the API server keeps refusing, and one of each new outcome', async () => {
    await apply();
    events.length = 0;
    harness.clock.advance({ minutes: 61 });
    for (const reason of ['forbidden', 'forbidden', 'forbidden', 'webhook']) {
      harness.cluster.fail('delete', 'before', new NotAllowedError(reason));
      await harness.expiry.run();
      harness.clock.advance({ minutes: 1 });
    }
    await harness.expiry.run();
    expect(events.map(({ eventId, end }) => [eventId, end])).toEqual([
      ['sampling-expire', 'fail'],
      ['sampling-expire', 'fail'],
      ['sampling-expire', 'success'],
    ]);
    expect(new Set(events.map(({ meta }) => meta.historyId)).size).toBe(1);
  });

  describe('that fails', () => {
    it('before a change leaves the mesh as it is', async () => {
      const request = await harness.confirm(harness.request());
      harness.auditor.createEvent.mockRejectedValue(new Error('disk full'));
      await expect(
        harness.service.apply(harness.context(), ALLOWED, request),
      ).rejects.toThrow('disk full');
      expect(harness.cluster.objects()).toEqual([]);
    });

    it('after a change costs neither its outcome nor its answer', async () => {
      const broken = async () => {
        throw new Error('disk full');
      };
      harness.auditor.createEvent.mockResolvedValue({
        success: broken,
        fail: broken,
      });
      await apply();
      expect(await outcomesOf(harness)).toEqual(['apply succeeded']);
      harness.cluster.fail(
        'delete',
        'before',
        new NotAllowedError('forbidden'),
      );
      await expect(revert()).rejects.toThrow('forbidden');
      expect(await outcomesOf(harness)).toEqual([
        'revert failed',
        'apply succeeded',
      ]);
    });

    it('loses no change that others made from the history and the notifications', async () => {
      await apply();
      harness.auditor.createEvent.mockRejectedValue(new Error('disk full'));
      harness.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      await harness.outsideChanges.run();
      expect(await outcomesOf(harness)).toEqual([
        'outside-delete succeeded',
        'apply succeeded',
      ]);
      expect(harness.notified).toHaveLength(1);
    });
  });

  it('has what others did to an override', async () => {
    await apply();
    harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
      object.spec!.tracing![0]!.randomSamplingPercentage = 3;
    });
    await harness.outsideChanges.run();
    harness.cluster.deleteOutside('shop', 'mesh-tracing.cart');
    await harness.outsideChanges.run();
    await harness.outsideChanges.run();
    expect(events.slice(1)).toMatchObject([
      {
        eventId: 'sampling-outside-change',
        end: 'success',
        meta: {
          actor: 'outside:kubectl-edit',
          before: expect.stringContaining('50'),
          after: expect.stringContaining('3'),
        },
      },
      {
        eventId: 'sampling-outside-delete',
        end: 'success',
        meta: { actor: 'outside', before: expect.stringContaining('3') },
      },
    ]);
  });
});
