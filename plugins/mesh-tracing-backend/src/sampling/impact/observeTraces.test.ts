import type { TraceAnalysis } from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';
import { workload } from '../../testing/sampling/samplingHarness';
import type { TraceAnalyses } from '../../traces';
import { observeTraces } from './observeTraces';
import { rateOfTraces } from './rateOfTraces';

const HOUR_MS = 3_600_000;

function observe(analysis: Partial<TraceAnalysis>, coverage: object) {
  const analyses = {
    of: async () => ({
      analysis: { summaries: [], latency: { overall: null }, ...analysis },
      coverage,
      services: ['frontend.shop'],
    }),
  } as unknown as Pick<TraceAnalyses, 'of'>;
  const context = { match: { workloads: [workload('frontend')] } };
  return observeTraces(
    analyses,
    context as EntityContext,
    workload('frontend'),
    10 * HOUR_MS,
  );
}

const SAMPLED: Partial<TraceAnalysis> = {
  traceCount: 36_000,
  rootedTraceCount: 18_000,
  spanCount: 360_000,
  sample: {
    level: 'quick',
    isExact: false,
    sliceCount: 60,
    wholeSliceCount: 0,
    unreadSliceCount: 0,
    readTraceCount: 600,
    estimatedTraceCount: 36_000,
    readShare: 0.02,
    canRefine: true,
  },
};

describe('requests that begin at a workload', () => {
  it('are estimated from a sample of the whole hour, with bounds', async () => {
    const observed = await observe(SAMPLED, { complete: false });
    expect(observed).toMatchObject({
      traces: 600,
      rootTraces: 300,
      spans: 3_000,
      windowMs: HOUR_MS,
      complete: false,
      estimatedRootTraces: { count: 18_000 },
    });
    const rate = rateOfTraces(observed, 0.1);
    expect(rate).toMatchObject({
      requestsPerSecond: 50,
      spansPerTrace: 10,
      assumption: expect.stringMatching(
        /^From about 18000 \(1\d{4} to [12]\d{4} at 95 % confidence; 300 were read\) traces that began here in the last 60 minutes at 10 % sampling/,
      ),
    });
    const { low = 0, high = 0 } = rate?.requestsPerSecondBounds ?? {};
    // As chance has it with 300 of them: a ninth more or less.
    expect(low).toBeGreaterThan(43);
    expect(low).toBeLessThan(46);
    expect(high).toBeGreaterThan(54);
    expect(high).toBeLessThan(57);
  });

  it('are counted where all traces were read', async () => {
    const counted = {
      traceCount: 40,
      rootedTraceCount: 20,
      spanCount: 400,
    };
    const observed = await observe(counted, { complete: true });
    expect(observed.estimatedRootTraces).toBeUndefined();
    expect(rateOfTraces(observed, 1)).toMatchObject({
      requestsPerSecond: 20 / 3_600,
      assumption: expect.stringMatching(/^From 20 traces that began here/),
    });
  });

  it('are told from where the newest traces begin, of a store that has no others', async () => {
    const observed = await observe(
      { traceCount: 500, rootedTraceCount: 500, spanCount: 5_000 },
      { complete: false, oldestStartTimeMs: 10 * HOUR_MS - 10_000 },
    );
    expect(observed.windowMs).toBe(10_000);
    expect(rateOfTraces(observed, 1)?.requestsPerSecond).toBe(50);
  });
});
