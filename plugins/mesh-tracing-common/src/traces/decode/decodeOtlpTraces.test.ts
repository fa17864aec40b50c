import { decodeOtlpTraces, type OtlpReadOptions } from './decodeOtlpTraces';
import { StoreStreamError } from './StoreStreamError';
import {
  START,
  otlp,
  otlpSpan,
  padded,
} from '../../testing/traces/storedSpans';

describe('decodeOtlpTraces', () => {
  it('keeps nanoseconds', () => {
    const trace = otlp([
      otlpSpan({ endTimeUnixNano: `${START}502` }),
      otlpSpan({ spanId: padded('2'), startTimeUnixNano: `${START}007` }),
    ]);
    expect(trace.spans.map(span => span.offsetUs)).toEqual([0.001, 0.007]);
    expect(trace.spans[0]?.durationUs).toBe(0.501);
  });

  it('reads the attributes of scopes only for those that ask for them', () => {
    const json = {
      resourceSpans: [
        {
          scopeSpans: [
            {
              scope: {
                name: 'lib',
                attributes: [{ key: 'team', value: { stringValue: 'pay' } }],
              },
              spans: [otlpSpan({})],
            },
          ],
        },
      ],
    };
    const scopeOf = (options?: OtlpReadOptions) =>
      decodeOtlpTraces(json, options)[0]?.spans[0]?.scope;
    expect(scopeOf()).toEqual({ name: 'lib' });
    expect(scopeOf({ scopeAttributes: true })).toEqual({
      name: 'lib',
      attributes: { team: 'pay' },
    });
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

  it.each<[unknown, unknown, string, string]>([
    ['3', '2', 'client', 'error'],
    [3, 2, 'client', 'error'],
    ['SPAN_KIND_SERVER', 'STATUS_CODE_ERROR', 'server', 'error'],
    ['2', '1', 'server', 'ok'],
    ['9', '0', 'unspecified', 'unset'],
  ])(
    'takes the kind %j and the status %j for %s and %s',
    (kind, code, expectedKind, status) => {
      expect(
        otlp([otlpSpan({ kind, status: { code } })]).spans[0],
      ).toMatchObject({ kind: expectedKind, status });
    },
  );

  const trace = 'ab'.padStart(32, '0');
  const link = (spanId: string, type?: string, traceId = trace) => ({
    traceId,
    spanId: padded(spanId),
    attributes: type
      ? [{ key: 'opentracing.ref_type', value: { stringValue: type } }]
      : [],
  });
  it.each<[string, string, unknown[], string | undefined, boolean, number]>([
    [
      'the FOLLOWS_FROM of its parent',
      'a',
      [link('a', 'follows_from')],
      'a',
      true,
      0,
    ],
    [
      'a FOLLOWS_FROM without a parent',
      '',
      [link('a', 'follows_from')],
      'a',
      true,
      0,
    ],
    [
      'a FOLLOWS_FROM to another span',
      'a',
      [link('b', 'follows_from')],
      'a',
      false,
      1,
    ],
    [
      'a CHILD_OF before a FOLLOWS_FROM',
      '',
      [link('b', 'follows_from'), link('a', 'child_of')],
      'a',
      false,
      1,
    ],
    [
      'a FOLLOWS_FROM into another trace',
      '',
      [link('a', 'follows_from', 'cd'.padStart(32, '0'))],
      undefined,
      false,
      1,
    ],
    ['a plain link to its parent', 'a', [link('a')], 'a', false, 1],
    ['a plain link without a parent', '', [link('a')], undefined, false, 1],
  ])('reads %s', (_, parentSpanId, links, parent, followsFrom, linkCount) => {
    const [span] = otlp([
      otlpSpan({
        spanId: padded('c'),
        parentSpanId: parentSpanId && padded(parentSpanId),
        links,
      }),
    ]).spans;
    expect(span?.parentSpanId).toBe(parent && padded(parent));
    expect(span?.followsFrom ?? false).toBe(followsFrom);
    expect(span?.links).toHaveLength(linkCount);
  });

  const chunk = { result: { resourceSpans: [] } };
  const failure = { error: { grpcCode: 14, httpCode: 503, message: 'away' } };
  it.each<[string, unknown]>([
    ['after a part', [chunk, failure].map(d => JSON.stringify(d)).join('\n')],
    ['in a list', JSON.stringify([chunk, failure])],
    ['alone', failure],
    ['as text', { error: 'away' }],
    ['beside a part', { ...chunk, ...failure }],
    ['that says "not found" after a part', [chunk, { error: { grpcCode: 5 } }]],
  ])('takes an error %s for a failure', (_, answer) => {
    expect(() => decodeOtlpTraces(answer)).toThrow(StoreStreamError);
  });

  it('takes what ends a stream for no error', () => {
    const text = [chunk, { end: true }].map(d => JSON.stringify(d)).join('\n');
    expect(decodeOtlpTraces(text)).toEqual([]);
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

  it.each([
    '{"resourceSpans":[]} upstream connect error',
    '<html>',
    '{"resourceSpans":[{"x":NaN}]}',
    '{"resourceSpans":[',
  ])('does not take %s for no traces', text => {
    expect(() => decodeOtlpTraces(text)).toThrow(SyntaxError);
  });
});
