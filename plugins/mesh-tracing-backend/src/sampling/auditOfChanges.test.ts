import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import type { GatedSampling } from '../testing/sampling/gatedService';
import { requireDeclared } from '../testing/portal/requireDeclared';
import { dyingStore } from '../testing/sampling/dyingStore';
import { outcomesOf } from '../testing/sampling/recovery';
import {
  ADA,
  ALLOWED,
  BOB,
  samplingBench,
  type SamplingBench,
} from '../testing/sampling/samplingBench';
import { testDatabases } from '../testing/sampling/testDatabases';

const databases = testDatabases();

interface AuditedEvent {
  eventId: string;
  meta: Record<string, unknown>;
  end?: 'success' | 'fail';
}

describe.each(databases.eachSupportedId())('on %s, the audit log', database => {
  let bench: SamplingBench;
  let events: AuditedEvent[];
  beforeEach(async () => {
    events = [];
    bench = await samplingBench({ knex: await databases.init(database) });
    bench.auditor.createEvent.mockImplementation(
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
  afterEach(() => bench.close());

  const apply = async (by: Pick<GatedSampling, 'service'> = bench) =>
    by.service.apply(
      bench.context(),
      ALLOWED,
      await bench.confirm(bench.request()),
    );
  const revert = async (by: Pick<GatedSampling, 'service'> = bench) => {
    const { uid = '', resourceVersion = '' } =
      bench.cluster.objects()[0]!.metadata;
    await by.service.revert(bench.context(), ALLOWED, {
      workload: bench.request().workload,
      uid,
      resourceVersion,
    });
  };
  const settle = async () => {
    bench.clock.advance({ minutes: 1 });
    await bench.reconciler.run();
    await bench.outsideChanges.run();
  };
  /** What the log says last of each change, beside what the history says. */
  const verdicts = async () => {
    const rows: Array<{ id: string; kind: string; outcome: string }> =
      await bench.knex('sampling_history').orderBy('seq');
    return rows.map(({ id, kind, outcome }) => {
      const ends = events.filter(
        event => event.meta.historyId === id && event.end,
      );
      return [kind, outcome, ends.at(-1)?.end];
    });
  };
  const lost = new ServiceUnavailableError('no answer');

  it('does not call failed what arrived though the answer was lost', async () => {
    bench.cluster.fail('create', 'after', lost);
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
    bench.cluster.fail('create', 'before', lost);
    await expect(apply()).rejects.toThrow('no answer');
    await settle();
    expect(await verdicts()).toEqual([['apply', 'failed', 'fail']]);
  });

  it('tells of a removal whose answer was lost', async () => {
    await apply();
    bench.cluster.fail('delete', 'after', lost);
    await expect(revert()).rejects.toThrow('no answer');
    await settle();
    expect(await verdicts()).toEqual([
      ['apply', 'succeeded', 'success'],
      ['revert', 'succeeded', 'success'],
    ]);
  });

  it('tells of an end whose answer was lost', async () => {
    await apply();
    bench.clock.advance({ minutes: 61 });
    bench.cluster.fail('delete', 'after', lost);
    await bench.expiry.run();
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
    'is complete when the portal stops at %s, %s it',
    async (method, when, outcome, end) => {
      await expect(
        apply(await bench.replica(dyingStore({ method, when }))),
      ).rejects.toThrow();
      await settle();
      expect(await verdicts()).toEqual([['apply', outcome, end]]);
    },
  );

  it('has one event of an apply, however often its request is repeated meanwhile', async () => {
    const request = await bench.confirm(bench.request());
    const send = () => bench.service.apply(bench.context(), ALLOWED, request);
    const create = bench.cluster.createTelemetry.bind(bench.cluster);
    const meanwhile: unknown[] = [];
    bench.cluster.createTelemetry = async (...args) => {
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
    const request = await bench.confirm(bench.request());
    const send = () => bench.service.apply(bench.context(), ALLOWED, request);
    bench.cluster.fail('create', 'before', new NotAllowedError('forbidden'));
    await Promise.allSettled([send(), send()]);
    await expect(send()).rejects.toThrow('forbidden');
    expect(events).toMatchObject([{ eventId: 'sampling-apply', end: 'fail' }]);
    expect(await verdicts()).toEqual([['apply', 'failed', 'fail']]);
  });

  it('has a request id that is used for another request', async () => {
    const request = await bench.confirm(bench.request());
    await bench.service.apply(bench.context(), ALLOWED, request);
    await expect(
      bench.service.apply(bench.context(BOB), ALLOWED, request),
    ).rejects.toThrow('requestId');
    expect(events.at(-1)).toMatchObject({
      eventId: 'sampling-apply',
      end: 'fail',
      meta: { actor: BOB },
    });
  });

  it('is told of an end that the API server refuses once, and of what is new', async () => {
    await apply();
    events.length = 0;
    bench.clock.advance({ minutes: 61 });
    for (const reason of ['forbidden', 'forbidden', 'forbidden', 'webhook']) {
      bench.cluster.fail('delete', 'before', new NotAllowedError(reason));
      await bench.expiry.run();
      bench.clock.advance({ minutes: 1 });
    }
    await bench.expiry.run();
    expect(events.map(({ eventId, end }) => [eventId, end])).toEqual([
      ['sampling-expire', 'fail'],
      ['sampling-expire', 'fail'],
      ['sampling-expire', 'success'],
    ]);
    expect(new Set(events.map(({ meta }) => meta.historyId)).size).toBe(1);
  });

  describe('that fails', () => {
    it('before a change leaves the mesh as it is', async () => {
      const request = await bench.confirm(bench.request());
      bench.auditor.createEvent.mockRejectedValue(new Error('disk full'));
      await expect(
        bench.service.apply(bench.context(), ALLOWED, request),
      ).rejects.toThrow('disk full');
      expect(bench.cluster.objects()).toEqual([]);
    });

    it('after a change costs neither its outcome nor its answer', async () => {
      const broken = async () => {
        throw new Error('disk full');
      };
      bench.auditor.createEvent.mockResolvedValue({
        success: broken,
        fail: broken,
      });
      await apply();
      expect(await outcomesOf(bench)).toEqual(['apply succeeded']);
      bench.cluster.fail('delete', 'before', new NotAllowedError('forbidden'));
      await expect(revert()).rejects.toThrow('forbidden');
      expect(await outcomesOf(bench)).toEqual([
        'revert failed',
        'apply succeeded',
      ]);
    });

    it('costs none of what others did', async () => {
      await apply();
      bench.auditor.createEvent.mockRejectedValue(new Error('disk full'));
      bench.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      await bench.outsideChanges.run();
      expect(await outcomesOf(bench)).toEqual([
        'outside-delete succeeded',
        'apply succeeded',
      ]);
      expect(bench.notified).toHaveLength(1);
    });
  });

  it('has what others did to an override', async () => {
    await apply();
    bench.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
      object.spec!.tracing![0]!.randomSamplingPercentage = 3;
    });
    await bench.outsideChanges.run();
    bench.cluster.deleteOutside('shop', 'mesh-tracing.cart');
    await bench.outsideChanges.run();
    await bench.outsideChanges.run();
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
