import { checkoutTrace, span, spanId } from '../../testing';
import { timelineModel } from './timelineModel';

describe('timelineModel', () => {
  it('neither moves nor folds spans unless it is asked to', () => {
    const trace = checkoutTrace();
    const model = timelineModel(trace);
    expect(model.trace).toBe(trace);
    expect(model.correction).toBeUndefined();
    expect(model.shownAs(spanId(2))).toBe(spanId(2));
  });

  it('begins a trace with corrected clocks at zero', () => {
    const trace = {
      ...checkoutTrace(),
      spans: [
        span(2, 1, { durationUs: 100, resource: { 'host.name': 'b' } }),
        span(1, undefined, {
          offsetUs: 500,
          durationUs: 1_000,
          resource: { 'host.name': 'a' },
        }),
      ],
    };
    const model = timelineModel(trace, {
      foldHops: false,
      correctClocks: true,
    });
    expect(model.correction).toEqual({
      movedSpanCount: 1,
      largestShiftUs: 950,
    });
    expect(model.trace.spans.map(({ offsetUs }) => offsetUs)).toEqual([0, 450]);
    expect(model.trace.startTimeUs).toBe(trace.startTimeUs + 500);
    expect(trace.spans[0]?.offsetUs).toBe(0);
  });
});
