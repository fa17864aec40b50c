import { limitTrace } from './limitTrace';
import { sketchTrace } from '../../testing/traces/spans';

describe('limitTrace', () => {
  it('caps texts, attributes and events, and says so', () => {
    const trace = sketchTrace([
      {
        id: 's',
        start: 0,
        duration: 1,
        attributes: { long: 'x'.repeat(100), ok: 'y', n: 1 },
        events: Array.from({ length: 5 }, () => ({
          offsetUs: 0,
          name: 'e',
          attributes: {},
        })),
      },
    ]);
    const [span] = limitTrace(trace, {
      textLength: 10,
      attributesPerSpan: 2,
      eventsPerSpan: 3,
      linksPerSpan: 1,
    }).spans;
    expect(span?.attributes).toEqual({
      long: 'xxxxxxxxxx… (100 characters)',
      ok: 'y',
    });
    expect(span?.events).toHaveLength(3);
    expect(span?.warnings[0]).toMatch(/5 events, 3 attributes/);
  });
});
