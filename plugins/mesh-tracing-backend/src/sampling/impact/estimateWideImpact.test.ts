import type {
  EffectiveTracing,
  EffectiveTracingSide,
} from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import { workload } from '../../testing/sampling/samplingHarness';
import { estimateImpact } from './estimateImpact';
import { estimateWideImpact } from './estimateWideImpact';
import type { RequestRateEstimate } from './RequestRateEstimator';
import type { TracingChange } from '../model/simulateOverride';

const FIGURES = [
  'requestsPerSecond',
  'tracesPerSecondBefore',
  'tracesPerSecondAfter',
  'spansPerSecondBefore',
  'spansPerSecondAfter',
  'bytesPerDayBefore',
  'bytesPerDayAfter',
] as const;

/** Effective tracing that samples this share, in parts of ten thousand. */
function sampled(samplingParts: number): EffectiveTracing {
  const server = {
    enabled: { value: true },
    spanReporting: 'reported',
    samplingParts,
  } as unknown as EffectiveTracingSide;
  return { path: 'telemetry', server, chain: [], ignored: [], findings: [] };
}

function change(
  name: string,
  parts: { before?: number; after?: number; proxy?: 'gateway' | 'sidecar' },
): TracingChange {
  const { before = 100, after = 5_000, proxy = 'sidecar' } = parts;
  return {
    workload: workload(name, { proxy }),
    before: sampled(before),
    after: sampled(after),
    changedFields: before === after ? [] : ['server.samplingPercent'],
  };
}

function rate(requestsPerSecond: number): RequestRateEstimate {
  return {
    requestsPerSecond,
    spansPerTrace: 5,
    bytesPerSpan: 1000,
    assumption: 'seen',
  };
}

describe('the impact of a change of many workloads', () => {
  it('is the sum of what each would do by its own effective tracing', async () => {
    const rates = fc.record({
      requestsPerSecond: fc.double({ min: 0, max: 1e4, noNaN: true }),
      spansPerTrace: fc.double({ min: 1, max: 200, noNaN: true }),
      bytesPerSpan: fc.integer({ min: 1, max: 5_000 }),
      assumption: fc.constant('seen'),
    });
    const parts = fc.integer({ min: 0, max: 10_000 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            before: parts,
            after: parts,
            rate: fc.option(rates, { nil: null }),
          }),
          { maxLength: 40 },
        ),
        async workloads => {
          const changes = workloads.map(({ before, after }, index) =>
            change(`w${index}`, { before, after }),
          );
          const rateOf = new Map(
            changes.map((item, index) => [item, workloads[index]!.rate]),
          );
          const { impact: whole } = await estimateWideImpact({
            changes,
            estimate: async item => rateOf.get(item) ?? null,
            bounds: { workloads: 40 },
          });
          const own = changes
            .filter(({ changedFields }) => changedFields.length > 0)
            .flatMap(
              item =>
                estimateImpact(
                  rateOf.get(item) ?? null,
                  item.before,
                  item.after,
                ) ?? [],
            );
          expect(whole === null).toBe(own.length === 0);
          for (const figure of FIGURES) {
            const total = own.reduce((all, impact) => all + impact[figure], 0);
            expect(whole?.[figure] ?? 0).toBeCloseTo(total, 3);
          }
        },
      ),
    );
  });

  it('says what was counted and what was not', async () => {
    const { impact: answer } = await estimateWideImpact({
      changes: [
        change('cart', {}),
        change('pay', {}),
        change('quiet', {}),
        change('off', { before: 0 }),
        change('broken', {}),
        change('shielded', { before: 700, after: 700 }),
      ],
      estimate: async ({ workload: { name } }) => {
        if (name === 'broken') {
          throw new Error('the store is away');
        }
        return ['cart', 'pay'].includes(name) ? rate(10) : null;
      },
    });
    expect(answer).toMatchObject({
      requestsPerSecond: 20,
      tracesPerSecondBefore: 0.2,
      tracesPerSecondAfter: 10,
      assumption:
        'Sum over 2 of the 5 workloads that would change, each by the requests that begin there and the sampling in force there. Not counted: 1 where no trace began lately, since callers decide or nothing came; 1 where nothing is traced now, so that their traffic is not known; 1 whose traces could not be read.',
    });
  });

  it('is none where no traffic is known, or nothing would change', async () => {
    const estimate = jest.fn(async () => null);
    expect(
      await estimateWideImpact({
        changes: [change('a', {}), change('b', {})],
        estimate,
      }),
    ).toEqual({
      impact: null,
      unknown:
        'None of the 2 workloads that would change started traces lately: callers decide, or nothing came.',
    });
    expect(
      await estimateWideImpact({
        changes: [change('a', { before: 1, after: 1 })],
        estimate,
      }),
    ).toEqual({ impact: null });
    expect(estimate).toHaveBeenCalledTimes(2);
  });

  it('counts the workloads for each reason why it is none', async () => {
    const { unknown } = await estimateWideImpact({
      changes: [change('a', {}), change('b', { before: 0 }), change('c', {})],
      estimate: async () => null,
      bounds: { workloads: 2 },
    });
    expect(unknown).toBe(
      'No requests are known that begin at one of the 3 workloads that would change: 1 where no trace began lately, since callers decide or nothing came; 1 where nothing is traced now, so that their traffic is not known; 1 beyond those that one preview asks for.',
    );
  });

  it('counts no upper bounds, which would count requests twice', async () => {
    const { impact: answer } = await estimateWideImpact({
      changes: [change('a', {}), change('b', { before: 0 })],
      estimate: async ({ workload: { name } }) => ({
        ...rate(name === 'a' ? 4 : 1_000),
        upperBound: name === 'b',
      }),
    });
    expect(answer?.requestsPerSecond).toBe(4);
    expect(answer?.assumption).toContain(
      'Not counted: 1 where nothing is traced now',
    );
  });

  it('is estimated for a bounded number of workloads, gateways first, a few at a time', async () => {
    let running = 0;
    let most = 0;
    const asked: string[] = [];
    const { impact: answer } = await estimateWideImpact({
      changes: [
        ...Array.from({ length: 60 }, (_, index) => change(`w${index}`, {})),
        change('edge', { proxy: 'gateway' }),
      ],
      estimate: async ({ workload: { name } }) => {
        asked.push(name);
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
        return rate(1);
      },
    });
    expect(asked).toHaveLength(10);
    expect(asked[0]).toBe('edge');
    expect(most).toBe(4);
    expect(answer?.requestsPerSecond).toBe(10);
    expect(answer?.assumption).toContain(
      'Sum over 10 of the 61 workloads that would change',
    );
    expect(answer?.assumption).toContain(
      'Not counted: 51 beyond those that one preview asks for.',
    );
  });

  it('ends the searches that are under way when its time is over, or nobody waits', async () => {
    const gone = new AbortController();
    const [byTime, byCaller] = [10, 60_000].map(timeoutMs => {
      const signals: AbortSignal[] = [];
      const answer = estimateWideImpact({
        changes: ['a', 'b', 'c'].map(name => change(name, {})),
        bounds: { parallel: 2, timeoutMs },
        signal: gone.signal,
        estimate: (_, signal) => {
          signals.push(signal);
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
          });
        },
      });
      return { answer, signals };
    });
    expect(await byTime?.answer).toMatchObject({ impact: null });
    expect(byTime?.signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(byCaller?.signals.map(({ aborted }) => aborted)).toEqual([
      false,
      false,
    ]);
    gone.abort(new Error('left'));
    expect(await byCaller?.answer).toMatchObject({ impact: null });
    expect(byCaller?.signals).toHaveLength(2);
  });

  it('leaves out workloads that take too long, and asks about no more of them', async () => {
    const asked: string[] = [];
    const release: Array<() => void> = [];
    const { impact: answer } = await estimateWideImpact({
      changes: ['fast', 'slow', 'never'].map(name => change(name, {})),
      bounds: { parallel: 1, timeoutMs: 20 },
      estimate: ({ workload: { name } }) => {
        asked.push(name);
        return name === 'fast'
          ? Promise.resolve(rate(3))
          : new Promise(resolve => {
              release.push(() => resolve(rate(1_000)));
            });
      },
    });
    release.forEach(go => go());
    await Promise.resolve();
    expect(answer?.requestsPerSecond).toBe(3);
    expect(answer?.assumption).toContain('2 whose traces could not be read');
    expect(asked).toEqual(['fast', 'slow']);
  });
});
