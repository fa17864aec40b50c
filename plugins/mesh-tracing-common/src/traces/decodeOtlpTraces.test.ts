import { decodeOtlpTraces } from './decodeOtlpTraces';
import { START, otlp, otlpSpan, padded } from './__testUtils__/storedSpans';

describe('decodeOtlpTraces', () => {
  it('keeps nanoseconds', () => {
    const trace = otlp([
      otlpSpan({ endTimeUnixNano: `${START}502` }),
      otlpSpan({ spanId: padded('2'), startTimeUnixNano: `${START}007` }),
    ]);
    expect(trace.spans.map(span => span.offsetUs)).toEqual([0.001, 0.007]);
    expect(trace.spans[0]?.durationUs).toBe(0.501);
  });

  it('reads typed values and hides what Jaeger adds', () => {
    const [span] = otlp([
      otlpSpan({
        attributes: [
          { key: 'd', value: { doubleValue: 1.5 } },
          { key: 'b', value: { boolValue: true } },
          { key: 'y', value: { bytesValue: 'AAE=' } },
          {
            key: 'l',
            value: {
              arrayValue: { values: [{ intValue: 1 }, { stringValue: 'x' }] },
            },
          },
          {
            key: 'm',
            value: {
              kvlistValue: {
                values: [{ key: 'k', value: { boolValue: false } }],
              },
            },
          },
          {
            key: '@jaeger@warnings',
            value: { arrayValue: { values: [{ stringValue: 'careful' }] } },
          },
          { key: '@jaeger@format', value: { stringValue: 'proto' } },
        ],
      }),
    ]).spans;
    expect(span?.attributes).toEqual({
      d: 1.5,
      b: true,
      y: 'AAE=',
      l: [1, 'x'],
      m: { k: false },
    });
    expect(span?.warnings).toEqual(['careful']);
  });

  it('takes enum names, and a span that ends before it starts', () => {
    const [span] = otlp([
      otlpSpan({
        kind: 'SPAN_KIND_CLIENT',
        status: { code: 'STATUS_CODE_OK' },
        endTimeUnixNano: `${START - 5}000`,
      }),
    ]).spans;
    expect(span).toMatchObject({ kind: 'client', status: 'ok', durationUs: 0 });
    expect(span?.warnings[0]).toMatch(/ends before it starts/);
  });

  it('does not exhaust the stack on nested values', () => {
    let value: unknown = { stringValue: 'deep' };
    for (let i = 0; i < 50_000; i++) {
      value = { arrayValue: { values: [value] } };
    }
    expect(
      otlp([otlpSpan({ attributes: [{ key: 'k', value }] })]).spans,
    ).toHaveLength(1);
  });

  it('reads nothing from something else', () => {
    expect(decodeOtlpTraces('')).toEqual([]);
    expect(decodeOtlpTraces({ error: { httpCode: 404 } })).toEqual([]);
  });

  it.each(['<html>', '{"resourceSpans":[{"x":NaN}]}', '{"resourceSpans":['])(
    'does not take %s for no traces',
    text => {
      expect(() => decodeOtlpTraces(text)).toThrow(SyntaxError);
    },
  );
});
