import { decodeJaegerTraces } from './decodeJaegerTraces';
import { StoreStreamError } from './StoreStreamError';
import { isTruncationWarning } from './warnings';
import {
  START,
  jaeger,
  jaegerSpan,
  otlp,
  otlpSpan,
  padded,
  reference,
} from '../../testing/traces/storedSpans';

describe('decodeJaegerTraces', () => {
  it('reads the same model from both forms', () => {
    const legacy = jaeger([
      jaegerSpan({
        tags: [
          { key: 'span.kind', type: 'string', value: 'server' },
          { key: 'http.status_code', type: 'int64', value: 200 },
          { key: 'big', type: 'int64', value: '9223372036854775807' },
          { key: 'otel.scope.name', type: 'string', value: 'envoy' },
          { key: 'otel.scope.version', type: 'string', value: '1' },
          { key: 'otel.status_code', type: 'string', value: 'ERROR' },
          { key: 'otel.status_description', type: 'string', value: 'boom' },
          { key: 'error', type: 'bool', value: true },
        ],
        logs: [
          {
            timestamp: START + 3,
            fields: [{ key: 'event', type: 'string', value: 'retry' }],
          },
        ],
      }),
    ]);
    const modern = otlp([
      otlpSpan({
        startTimeUnixNano: `${START}000`,
        endTimeUnixNano: `${START + 10}000`,
        attributes: [
          { key: 'http.status_code', value: { intValue: '200' } },
          { key: 'big', value: { intValue: '9223372036854775807' } },
        ],
        events: [{ timeUnixNano: `${START + 3}000`, name: 'retry' }],
        status: { code: 2, message: 'boom' },
      }),
    ]);
    expect(modern).toEqual(legacy);
    expect(legacy.spans[0]).toMatchObject({
      kind: 'server',
      status: 'error',
      statusMessage: 'boom',
      scope: { name: 'envoy', version: '1' },
      attributes: { big: '9223372036854775807' },
      events: [{ offsetUs: 3, name: 'retry' }],
    });
  });

  it.each<[unknown, string]>([
    [{ type: 'string', value: 'false' }, 'unset'],
    [{ type: 'bool', value: false }, 'unset'],
    [{ type: 'string', value: 'true' }, 'error'],
    [{ type: 'bool', value: true }, 'error'],
  ])('takes the error tag %j for %s', (tag, status) => {
    const trace = jaeger([
      jaegerSpan({ tags: [{ key: 'error', ...(tag as object) }] }),
    ]);
    expect(trace.spans[0]?.status).toBe(status);
  });

  it.each<[unknown[], string]>([
    [[false, true], 'error'],
    [[true, false], 'error'],
    [['true', true], 'error'],
    [['false', false], 'unset'],
  ])('takes an error tag that comes as %j for %s', (values, status) => {
    const tags = values.map(value => ({ key: 'error', value }));
    expect(jaeger([jaegerSpan({ tags })]).spans[0]).toMatchObject({
      status,
      attributes: { error: values },
    });
  });

  it.each<[unknown[], string]>([
    [['OK', 'ERROR'], 'error'],
    [['Error'], 'error'],
    [['STATUS_CODE_ERROR'], 'error'],
    [[2], 'error'],
    [[1], 'ok'],
    [['?'], 'unset'],
  ])('takes the status codes %j for %s', (values, status) => {
    const tags = values.map(value => ({ key: 'otel.status_code', value }));
    expect(jaeger([jaegerSpan({ tags })]).spans[0]?.status).toBe(status);
  });

  it('takes the first of several kinds, and keeps them all in sight', () => {
    const tags = ['server', 'client', 'server'].map(value => ({
      key: 'span.kind',
      type: 'string',
      value,
    }));
    expect(jaeger([jaegerSpan({ tags })]).spans[0]).toMatchObject({
      kind: 'server',
      attributes: { 'span.kind': ['server', 'client'] },
    });
  });

  it.each<[unknown, number, number]>([
    [-40, 0, 1],
    ['-40', 0, 1],
    [0, 0, 0],
    ['40', 40, 0],
    [null, 0, 0],
  ])('shows a duration of %j as %d', (duration, durationUs, warnings) => {
    const [span] = jaeger([jaegerSpan({ duration })]).spans;
    expect(span?.durationUs).toBe(durationUs);
    expect(span?.warnings).toHaveLength(warnings);
  });

  it.each([
    { data: null, errors: [{ code: 500, msg: 'storage' }] },
    { data: [{ spans: [jaegerSpan({})] }], errors: [{ msg: 'storage' }] },
    { error: { httpCode: 503, message: 'storage' } },
  ])('takes an answer with an error for a failure: %j', answer => {
    expect(() => decodeJaegerTraces(answer)).toThrow(StoreStreamError);
  });

  it('takes "not found" for no traces, and an error of one trace for its own', () => {
    expect(
      decodeJaegerTraces({
        data: [],
        errors: [{ code: 404, msg: 'trace not found' }],
      }),
    ).toEqual([]);
    const [trace] = decodeJaegerTraces({
      data: [{ traceID: 'ab', spans: [jaegerSpan({})] }],
      errors: [
        { traceID: 'ab', msg: 'clocks disagree' },
        { traceID: 'cd', msg: 'trace not found' },
      ],
    });
    expect(trace?.warnings).toEqual(['clocks disagree']);
  });

  it('keeps an unset status apart from OK', () => {
    const ok = { key: 'otel.status_code', type: 'string', value: 'OK' };
    expect(jaeger([jaegerSpan({})]).spans[0]?.status).toBe('unset');
    expect(jaeger([jaegerSpan({ tags: [ok] })]).spans[0]?.status).toBe('ok');
  });

  it('chooses the first CHILD_OF of the trace, else its first reference; the others are links', () => {
    const spans = jaeger([
      jaegerSpan({ spanID: 'a' }),
      jaegerSpan({
        spanID: 'b',
        references: [
          reference('c', 'FOLLOWS_FROM'),
          reference('d', 'CHILD_OF', 'ff'),
          reference('a'),
        ],
      }),
      jaegerSpan({ spanID: 'c', references: [reference('a', 'FOLLOWS_FROM')] }),
      jaegerSpan({
        spanID: 'd',
        references: [reference('a', 'CHILD_OF', 'ff')],
      }),
    ]).spans;
    expect(spans.map(span => span.parentSpanId)).toEqual([
      undefined,
      padded('a'),
      padded('a'),
      undefined,
    ]);
    expect(spans.map(span => span.followsFrom)).toEqual([
      undefined,
      undefined,
      true,
      undefined,
    ]);
    expect(spans[1]?.links).toHaveLength(2);
    expect(spans[3]?.links).toEqual([
      { traceId: 'ff'.padStart(32, '0'), spanId: padded('a') },
    ]);
  });

  it('tolerates nulls, missing processes and unknown fields', () => {
    const trace = jaeger([
      jaegerSpan({
        tags: null,
        logs: null,
        references: null,
        warnings: null,
        processID: 'p9',
        surprise: { a: [1] },
      }),
    ]);
    expect(trace.spans[0]).toMatchObject({
      service: 'unknown-service',
      attributes: {},
      warnings: [],
    });
    expect(decodeJaegerTraces({ data: null })).toEqual([]);
    expect(decodeJaegerTraces(null)).toEqual([]);
    expect(
      decodeJaegerTraces([{ spans: [jaegerSpan({ traceID: 7 })] }]),
    ).toEqual([]);
  });

  it('drops a pair sent twice with a warning, keeps another value beside the first', () => {
    const [span] = jaeger([
      jaegerSpan({
        tags: [
          { key: 'a', type: 'string', value: '1' },
          { key: 'a', type: 'string', value: '1' },
          { key: 'b', type: 'string', value: '1' },
          { key: 'b', type: 'string', value: '2' },
          { key: '__proto__', type: 'string', value: 'x' },
        ],
      }),
    ]).spans;
    expect(span?.attributes).toEqual({ a: '1', b: ['1', '2'] });
    expect(span?.warnings).toEqual(['Attribute a was sent twice']);
  });

  it('drops copies, renames other spans with a used id', () => {
    const trace = jaeger([
      jaegerSpan({}),
      jaegerSpan({}),
      jaegerSpan({ operationName: 'other', startTime: START + 1 }),
      jaegerSpan({
        spanID: '2',
        startTime: START + 2,
        references: [reference('1')],
      }),
    ]);
    expect(trace.spans.map(span => span.spanId)).toEqual([
      padded('1'),
      `${padded('1')}_1`,
      padded('2'),
    ]);
    expect(trace.spans[2]?.parentSpanId).toBe(padded('1'));
    expect(trace.warnings).toEqual([
      '1 spans were sent twice; the copies were dropped',
    ]);
  });

  it('keeps spans of one id that different scopes or resources sent', () => {
    const scope = (value: string) => ({
      tags: [{ key: 'otel.scope.name', type: 'string', value }],
    });
    expect(
      jaeger([jaegerSpan(scope('a')), jaegerSpan(scope('b'))]).spans,
    ).toHaveLength(2);
    const host = (value: string) => ({
      serviceName: 'shop',
      tags: [{ key: 'host.name', type: 'string', value }],
    });
    expect(
      jaeger([jaegerSpan({}), jaegerSpan({ processID: 'p2' })], {
        processes: { p1: host('a'), p2: host('b') },
      }).spans,
    ).toHaveLength(2);
  });

  it('names an event by its field, else calls it a log', () => {
    const [span] = jaeger([
      jaegerSpan({
        logs: [
          { timestamp: START, fields: [{ key: 'event', value: 'retry' }] },
          { timestamp: START, fields: [{ key: 'message', value: 'slow' }] },
          { timestamp: START, fields: null },
        ],
      }),
    ]).spans;
    expect(span?.events.map(({ name }) => name)).toEqual([
      'retry',
      'log',
      'log',
    ]);
  });

  it('drops links that name no trace or no span', () => {
    const links = [
      { traceId: '', spanId: padded('1') },
      { traceId: 'ab'.padStart(32, '0'), spanId: '' },
      { traceId: 'cd'.padStart(32, '0'), spanId: padded('1') },
    ];
    expect(otlp([otlpSpan({ links })]).spans[0]?.links).toMatchObject([
      { traceId: 'cd'.padStart(32, '0'), spanId: padded('1') },
    ]);
  });

  it('splits an id that client and server share', () => {
    const kind = (value: string) => [
      { key: 'span.kind', type: 'string', value },
    ];
    const trace = jaeger([
      jaegerSpan({ tags: kind('server'), startTime: START + 1 }),
      jaegerSpan({ tags: kind('client') }),
      jaegerSpan({
        spanID: '2',
        startTime: START + 2,
        references: [reference('1')],
      }),
    ]);
    const [client, server, child] = trace.spans;
    expect(client).toMatchObject({ spanId: padded('1'), kind: 'client' });
    expect(server).toMatchObject({
      spanId: `${padded('1')}_1`,
      parentSpanId: padded('1'),
      kind: 'server',
    });
    expect(child?.parentSpanId).toBe(server?.spanId);
  });

  it.each([0, NaN, null, undefined, 'x', -5, 1e300])(
    'puts a span without start time (%p) at its parent',
    startTime => {
      const trace = jaeger([
        jaegerSpan({ startTime: START + 5 }),
        jaegerSpan({ spanID: '2', startTime, references: [reference('1')] }),
        jaegerSpan({ spanID: '3', startTime, references: [reference('2')] }),
        jaegerSpan({ spanID: '4', startTime }),
      ]);
      expect(trace.startTimeUs).toBe(START + 5);
      expect(trace.durationUs).toBe(10);
      expect(trace.spans.map(span => span.offsetUs)).toEqual([0, 0, 0, 0]);
      expect(trace.warnings[0]).toMatch(/^3 spans have no start time/);
    },
  );

  it('keeps all spans of a trace without any time', () => {
    const trace = jaeger([
      jaegerSpan({ startTime: 0 }),
      jaegerSpan({ spanID: '2', startTime: 0, references: [reference('1')] }),
    ]);
    expect(trace).toMatchObject({ startTimeUs: 0, durationUs: 10 });
    expect(trace.spans).toHaveLength(2);
  });

  it('counts two wordings of the same warning once, and sees that a trace was cut', () => {
    const cut = 'trace has more than 2 spans, showing first 2 spans only';
    const [span] = jaeger([
      jaegerSpan({
        warnings: [
          'invalid parent span IDs=7; skipping clock skew adjustment',
          'parent span ID=7 is not in the trace; skipping clock skew adjustment',
          cut,
        ],
      }),
    ]).spans;
    expect(span?.warnings).toHaveLength(2);
    expect(span?.warnings.some(isTruncationWarning)).toBe(true);
  });
});
