import { tracedSide } from '../../tracing';
import { factsOf, mended } from '../../testing/configurationFacts';
import { mesh, reviews, telemetry } from '../../testing/tracing';
import { judgeReporting } from './judgeReporting';

const off = (mode?: 'SERVER') => ({
  selector: reviews,
  tracing: [
    { disableSpanReporting: true, ...(mode ? { match: { mode } } : {}) },
  ],
});

describe('the rung of the reporting', () => {
  it('is well where nothing switches it off', () => {
    expect(judgeReporting(factsOf()).verdict).toBe('good');
  });

  it('is broken where a Telemetry disables it, and each mend brings spans', () => {
    const facts = factsOf({ telemetries: [telemetry('shop/off', off())] });
    const rung = judgeReporting(facts);
    expect(rung).toMatchObject({
      id: 'reporting',
      verdict: 'broken',
      code: 'reporting-disabled',
      evidence: [{ source: 'Telemetry shop/off (for this workload)' }],
    });
    expect(rung.mends.map(({ kind }) => kind)).toEqual(['command', 'yaml']);
    for (const mend of rung.mends) {
      expect(tracedSide(mended(facts, mend).effective)).toBeDefined();
    }
  });

  it('is doubtful where one side alone reports', () => {
    const facts = factsOf({
      telemetries: [telemetry('shop/off', off('SERVER'))],
    });
    expect(judgeReporting(facts)).toMatchObject({ verdict: 'doubtful' });
  });

  it('is broken where the mesh config switches tracing off, and a provider of its own mends it', () => {
    const facts = factsOf({
      inputs: {
        meshConfig: { ...mesh, defaultProviders: {}, enableTracing: false },
      },
    });
    const rung = judgeReporting(facts);
    expect(rung).toMatchObject({ verdict: 'broken', code: 'tracing-disabled' });
    expect(tracedSide(mended(facts, rung.mends[0]).effective)).toBeDefined();
  });
});
