import type {
  EffectiveTracing,
  EffectiveTracingSide,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';
import { workload } from '../../testing/sampling/samplingHarness';
import { MeasuredRequestRateEstimator } from './MeasuredRequestRateEstimator';
import type { ObservedTraces } from './RequestRateEstimator';

/** Sampling of 10 %, in parts of 10,000. */
const PARTS = 1_000;
const SEEN: ObservedTraces = {
  traces: 200,
  rootTraces: 50,
  spans: 400,
  windowMs: 3_600_000,
  complete: true,
};

function estimate(options: {
  measured: number | null | Error;
  observed?: ObservedTraces | null | Error;
  parts?: number;
}) {
  const { measured, observed = SEEN, parts = PARTS } = options;
  const server = {
    enabled: { value: true },
    spanReporting: 'reported',
    samplingParts: parts,
  } as unknown as EffectiveTracingSide;
  const inForce: EffectiveTracing = {
    path: 'telemetry',
    server,
    chain: [],
    ignored: [],
    findings: [],
  };
  return MeasuredRequestRateEstimator.create({
    measure: async () => {
      if (measured instanceof Error) {
        throw measured;
      }
      return measured;
    },
    observe: async () => {
      if (observed instanceof Error) {
        throw observed;
      }
      return observed;
    },
  }).estimate({} as EntityContext, workload('cart'), inForce);
}

describe('the rate of requests', () => {
  it('comes from traces that begin there, whatever else passes', async () => {
    // 100 a second arrive traced by others, 100 begin here at 1 %.
    const answer = await estimate({
      measured: 200,
      parts: 100,
      observed: {
        traces: 363_600,
        rootTraces: 3_600,
        spans: 18_000,
        windowMs: 3_600_000,
        complete: true,
      },
    });
    expect(answer).toEqual({
      requestsPerSecond: 100,
      spansPerTrace: 5,
      bytesPerSpan: 1000,
      assumption:
        'From 3600 traces that began here in the last 60 minutes at 1 % sampling, and about 1 kB for a span. Metrics count 200 requests a second in the last hour, those included that began elsewhere; more cannot begin here.',
    });
  });

  it('is at most what metrics count', async () => {
    // 50 traces in an hour at 10 % would be 0.14 a second.
    const answer = await estimate({ measured: 0.1 });
    expect(answer).toMatchObject({ requestsPerSecond: 0.1, spansPerTrace: 8 });
    expect(answer?.upperBound).toBeUndefined();
  });

  it('is not known where all requests are decided elsewhere', async () => {
    expect(
      await estimate({ measured: 80, observed: { ...SEEN, rootTraces: 0 } }),
    ).toBeNull();
  });

  it.each([
    ['there are no metrics', null],
    ['metrics know nothing of it', 0],
    ['metrics fail', new Error('away')],
  ])('comes from traces where %s', async (_, measured) => {
    const answer = await estimate({ measured });
    // 50 traces in an hour at 10 %.
    expect(answer?.requestsPerSecond).toBeCloseTo(500 / 3600);
    expect(answer?.assumption).toContain('50 traces that began here');
  });

  it.each([
    ['nothing is traced', { parts: 0 }],
    ['nothing can be seen', { observed: null }],
    ['no trace was seen', { observed: { ...SEEN, traces: 0, rootTraces: 0 } }],
    ['traces cannot be read', { observed: new Error('away') }],
  ])('is an upper bound from metrics where %s', async (_, options) => {
    const answer = await estimate({ measured: 1.2345, ...options });
    expect(answer).toMatchObject({
      requestsPerSecond: 1.2345,
      upperBound: true,
      assumption: expect.stringContaining(
        'At most, from metrics: 1.23 requests a second',
      ),
    });
  });

  it('fails where traces cannot be read and there are no metrics', async () => {
    await expect(
      estimate({ measured: null, observed: new Error('away') }),
    ).rejects.toThrow('away');
  });
});
