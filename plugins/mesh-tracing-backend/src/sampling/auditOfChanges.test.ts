import { ServiceUnavailableError } from '@backstage/errors';
import type { Sampling } from './createSampling';
import { dyingStore } from './__testUtils__/dyingStore';
import {
  ADA,
  ALLOWED,
  samplingBench,
  type SamplingBench,
} from './__testUtils__/samplingBench';
import { testDatabases } from './__testUtils__/testDatabases';

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
    bench.auditor.createEvent.mockImplementation(async ({ eventId, meta }) => {
      const event: AuditedEvent = { eventId, meta: { ...meta } };
      events.push(event);
      return {
        success: async () => {
          event.end = 'success';
        },
        fail: async () => {
          event.end = 'fail';
        },
      };
    });
  });
  afterEach(() => bench.close());

  const apply = async (by: Pick<Sampling, 'service'> = bench) =>
    by.service.apply(
      bench.context(),
      ALLOWED,
      await bench.confirm(bench.request()),
    );
  const revert = async (by: Pick<Sampling, 'service'> = bench) => {
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
