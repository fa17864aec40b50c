import type {
  EffectiveTracing,
  EffectiveTracingSide,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../access/EntityContext';
import { workload } from './__testUtils__/samplingBench';
import { MeasuredRequestRateEstimator } from './MeasuredRequestRateEstimator';
import type { ObservedTraces } from './RequestRateEstimator';

/** Ten percent. */
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
  observed?: ObservedTraces | null;
  parts?: number;
}) {
  const { measured, observed = SEEN, parts = PARTS } = options;
  const server = {
    enabled: { value: true },
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
    observe: async () => observed,
  }).estimate({} as EntityContext, workload('cart'), inForce);
}

describe('the rate of requests', () => {
  it('comes from metrics, of which traces tell how many begin there', async () => {
    expect(await estimate({ measured: 80 })).toEqual({
      requestsPerSecond: 20,
      spansPerTrace: 8,
      bytesPerSpan: 1000,
      assumption:
        'From metrics: 80 requests a second in the last hour, of which 25 % begin here, as in the 200 traces seen; and about 1 kB for a span.',
    });
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
    ['no trace was seen', { observed: null }],
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
});
