import type { Telemetry } from '../../tracing';
import { factsOf, mended } from '../../testing/configurationFacts';
import { reviews, telemetry } from '../../testing/tracing';
import { makesSpans } from './mends/isMended';
import { judgeSampling } from './judgeSampling';

const percent = (randomSamplingPercentage: number, mode?: 'CLIENT') => ({
  selector: reviews,
  tracing: [{ randomSamplingPercentage, ...(mode ? { match: { mode } } : {}) }],
});

function judge(...telemetries: Telemetry[]) {
  const facts = factsOf({ telemetries });
  return { facts, rung: judgeSampling(facts) };
}

describe('the rung of the sampling', () => {
  it('is well above 0, and says who set it and what Envoy makes of it', () => {
    const { rung } = judge(telemetry('shop/own', percent(0.29)));
    expect(rung).toMatchObject({
      verdict: 'good',
      cause:
        '0.28 % of the requests that start here are sampled, set by Telemetry shop/own (for this workload).',
      evidence: [
        {
          source: 'Telemetry shop/own (for this workload)',
          seen: '0.29 %, which Envoy takes for 28 in 10,000.',
        },
      ],
    });
  });

  it.each([
    [0, 'zero-percent-reporting'],
    [0.004, 'sampling-below-resolution'],
  ])(
    'is broken at %d %%, and both mends that Istio takes bring spans',
    (value, code) => {
      const { facts, rung } = judge(telemetry('shop/own', percent(value)));
      expect(rung).toMatchObject({ id: 'sampling', verdict: 'broken', code });
      expect(rung.mends.map(({ kind }) => kind)).toEqual([
        'action',
        'command',
        'yaml',
      ]);
      for (const mend of rung.mends.slice(1)) {
        expect(makesSpans(mended(facts, mend).effective)).toBe(true);
      }
    },
  );

  it('is doubtful when it samples 0 % on one side alone', () => {
    const { rung } = judge(telemetry('shop/own', percent(0, 'CLIENT')));
    expect(rung).toMatchObject({
      verdict: 'doubtful',
      code: 'zero-percent-reporting',
    });
    expect(rung.evidence.map(({ seen }) => seen)).toEqual([
      'Requests that arrive: 1 %, which Envoy takes for 100 in 10,000.',
      'Requests that are sent: 0 %, which Envoy takes for 0 in 10,000.',
    ]);
  });

  it('is doubtful when it is very low, and says how long to wait', () => {
    const { rung } = judge(telemetry('shop/own', percent(0.05)));
    expect(rung).toMatchObject({
      verdict: 'doubtful',
      code: 'sampling-very-low',
      cause:
        '0.05 % are sampled: expect one trace in about 2,000 requests that start here.',
    });
    expect(judge(telemetry('shop/own', percent(0.1))).rung.verdict).toBe(
      'good',
    );
  });

  it('is well where the percentage is not consulted', () => {
    const { rung } = judge(
      telemetry('shop/own', {
        selector: reviews,
        tracing: [{ useRequestIdForTraceSampling: false }],
      }),
    );
    expect(rung).toMatchObject({
      verdict: 'good',
      cause: expect.stringContaining('whatever the percentage'),
    });
  });

  it("offers no patch where istiod's own default decides", () => {
    const facts = factsOf({
      inputs: {
        istiod: {
          version: '1.31.0',
          environmentKnown: true,
          traceSamplingPercent: 0,
        },
      },
    });
    const rung = judgeSampling(facts);
    expect(rung.mends.map(({ kind }) => kind)).toEqual(['action', 'yaml']);
    expect(makesSpans(mended(facts, rung.mends[1]).effective)).toBe(true);
  });
});
