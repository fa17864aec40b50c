import fc from 'fast-check';
import {
  bodyBytes,
  jaegerBody,
  otlpBody,
  randomSpan,
  type RandomSpan,
} from '../../testing/traces/randomBodies';
import { limitTrace } from '../analyse/limitTrace';
import { findTraceInsights } from '../insights/findTraceInsights';
import { meshIdentityOf } from '../model/meshIdentity';
import type { Span, Trace } from '../model/Trace';
import { decodeTraces, type TraceFormat } from '../scan/readSpanTable';
import { readTraceRows } from './readTraceRows';
import { RowsScan } from './RowsScan';
import { WITHHELD_DETAILS } from './spanJson';
import type { ReadTrace, SpanRows } from './TraceRows';

const TRACE_ID = '1'.padStart(32, '0');
const FORMS: Array<[TraceFormat, (spans: RandomSpan[]) => unknown]> = [
  ['jaeger', jaegerBody],
  ['otlp', otlpBody],
];

function textsOf({ bytes, starts }: SpanRows): string[] {
  return Array.from(starts.subarray(1), (end, i) =>
    new TextDecoder().decode(bytes.subarray(starts[i], end - 1)),
  );
}

function openPartsOf({ bytes, starts, details }: SpanRows): string[] {
  return Array.from(details, (end, i) =>
    new TextDecoder().decode(bytes.subarray(starts[i], end)),
  );
}

/** What the rows of a trace add up to. */
function wholeOf(read: ReadTrace): unknown {
  const { senders, spanCount, ...head } = read.head;
  const insights = read.insights();
  const rows = [...read.rows()];
  const spans = rows.flatMap(textsOf).map(text => JSON.parse(text) as Span);
  const senderOf = rows.flatMap(part => [...part.senderOf]);
  return {
    ...head,
    spanCount,
    spans,
    senders: senderOf.map(sender => senders[sender]),
    sendersUsed: new Set(senderOf).size,
    insights,
  };
}

/** The same of a trace that was decoded as a whole. */
function wholeOfDecoded(decoded: Trace | undefined): unknown {
  if (!decoded) {
    return undefined;
  }
  const trace = limitTrace(decoded);
  const senders = trace.spans.map(span => {
    const identity = meshIdentityOf(span);
    return { service: span.service, ...(identity ? { identity } : {}) };
  });
  return {
    ...JSON.parse(JSON.stringify(trace)),
    spanCount: trace.spans.length,
    senders,
    sendersUsed: new Set(senders.map(sender => JSON.stringify(sender))).size,
    insights: findTraceInsights(trace),
  };
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return (error as Error).name;
  }
}

function bothWays(body: Uint8Array, format: TraceFormat, traceId = TRACE_ID) {
  return {
    rows: attempt(() => {
      const read = readTraceRows(body, format, traceId);
      return read && wholeOf(read);
    }),
    decoded: attempt(() =>
      wholeOfDecoded(
        decodeTraces(body, format).find(trace => trace.traceId === traceId),
      ),
    ),
  };
}

/** Spans that were copied, and those that only the tolerant reader understood. */
function readers(body: Uint8Array, format: TraceFormat, traceId = TRACE_ID) {
  const scan = new RowsScan(body, traceId);
  if (format === 'jaeger') {
    scan.readJaeger();
  } else {
    scan.readOtlp();
  }
  const odd = scan.columns.odd.size;
  return { copied: scan.columns.count - odd, odd };
}

const envoySpan = (change: Record<string, unknown> = {}) => ({
  traceId: TRACE_ID,
  spanId: '00000000000000AB',
  parentSpanId: '00000000000000cd',
  flags: 256,
  name: 'pay "now" \u00fc',
  kind: 3,
  startTimeUnixNano: '1700000000000000123',
  endTimeUnixNano: '1700000000000009456',
  attributes: [
    { key: 'node_id', value: { stringValue: 'sidecar~1~a.ns~ns.svc.x' } },
    { key: 'response_size', value: { intValue: '812' } },
    { key: 'load', value: { doubleValue: 0.25 } },
    { key: 'tls', value: { boolValue: false } },
  ],
  status: { code: 2, message: 'refused\n' },
  ...change,
});
const otlpOf = (...spans: unknown[]) =>
  bodyBytes({
    result: {
      resourceSpans: [
        {
          resource: {
            attributes: [
              { key: 'service.name', value: { stringValue: 'a.ns' } },
              { key: 'host.name', value: { stringValue: 'spans' } },
            ],
          },
          scopeSpans: [{ scope: { name: 'envoy', version: '1' }, spans }],
        },
      ],
    },
  });
const jaegerSpan = (change: Record<string, unknown> = {}) => ({
  traceID: '1',
  spanID: '00000000000000ab',
  flags: 1,
  operationName: 'pay',
  references: [
    { refType: 'CHILD_OF', traceID: '1', spanID: '00000000000000cd' },
  ],
  startTime: 1_700_000_000_000_000,
  duration: 12,
  tags: [
    { key: 'span.kind', type: 'string', value: 'client' },
    { key: 'error', type: 'bool', value: true },
    { key: 'otel.status_code', type: 'string', value: 'ERROR' },
    { key: 'otel.status_description', type: 'string', value: 'no "way"' },
    { key: 'otel.scope.name', type: 'string', value: 'lib' },
    { key: 'otel.scope.version', type: 'string', value: '2' },
    { key: 'internal.span.format', type: 'string', value: 'proto' },
    { key: 'http.status_code', type: 'int64', value: 503 },
    { key: 'bytes', type: 'int64', value: '17' },
  ],
  logs: null,
  processID: 'p1',
  warnings: null,
  ...change,
});
const jaegerOf = (...spans: unknown[]) =>
  bodyBytes({
    data: [
      {
        traceID: '1',
        spans,
        processes: { p1: { serviceName: 'a.ns', tags: [] } },
        warnings: ['late'],
      },
    ],
  });

describe('readTraceRows', () => {
  it.each(FORMS)(
    'reads any %s body to the spans, senders and insights that decoding it gives',
    (format, body) => {
      fc.assert(
        fc.property(fc.array(randomSpan, { maxLength: 14 }), spans => {
          const { rows, decoded } = bothWays(bodyBytes(body(spans)), format);
          expect(rows).toEqual(decoded);
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each(FORMS)(
    'reads a cut or damaged %s body as decoding does, or fails as it does',
    (format, body) => {
      fc.assert(
        fc.property(
          fc.array(randomSpan, { minLength: 1, maxLength: 3 }),
          fc.nat(),
          fc.constantFrom(
            ...['', '"', '}', '0', '\\', '[', 'null', ',', '-', '\u0001', ':'],
            ...[
              '"spans":[',
              '"sp\\u0061ns":[0],',
              '"__proto__"',
              'e9',
              '\ufeff',
            ],
          ),
          fc.nat({ max: 3 }),
          (spans, place, insert, cut) => {
            const whole = JSON.stringify(body(spans));
            const at = place % whole.length;
            const text = whole.slice(0, at) + insert + whole.slice(at + cut);
            const { rows, decoded } = bothWays(bodyBytes(text), format);
            expect(rows).toEqual(decoded);
          },
        ),
        { numRuns: 1_000 },
      );
    },
  );

  it.each<[TraceFormat, string, Uint8Array]>([
    ['otlp', 'an Envoy writes', otlpOf(envoySpan())],
    ['jaeger', 'Jaeger writes', jaegerOf(jaegerSpan())],
  ])('copies %s spans as %s them', (format, _, body) => {
    expect(readers(body, format)).toEqual({ copied: 1, odd: 0 });
    const { rows, decoded } = bothWays(body, format);
    expect(rows).toEqual(decoded);
    expect(rows).toMatchObject({ spanCount: 1, spans: [{ status: 'error' }] });
  });

  it.each<[string, Record<string, unknown>]>([
    [
      'an event',
      { events: [{ name: 'retry', timeUnixNano: '1700000000000000400' }] },
    ],
    [
      'a link',
      { links: [{ traceId: '9'.repeat(32), spanId: '9'.repeat(16) }] },
    ],
    [
      'a long text',
      { attributes: [{ key: 'x', value: { stringValue: 'y'.repeat(9_000) } }] },
    ],
    [
      'a long integer',
      { attributes: [{ key: 'x', value: { intValue: '780177723283783680' } }] },
    ],
    [
      'a list',
      {
        attributes: [
          {
            key: 'x',
            value: { arrayValue: { values: [{ boolValue: true }] } },
          },
        ],
      },
    ],
    [
      'an attribute that was sent twice',
      {
        attributes: ['a', 'b'].map(stringValue => ({
          key: 'x',
          value: { stringValue },
        })),
      },
    ],
    [
      'a span that ends before it starts',
      { endTimeUnixNano: '1600000000000000000' },
    ],
    [
      'attributes beyond the limit',
      {
        attributes: Array.from({ length: 300 }, (__, i) => ({
          key: `k${i}`,
          value: { boolValue: true },
        })),
      },
    ],
    [
      '`__proto__`',
      { attributes: [{ key: '__proto__', value: { stringValue: 'x' } }] },
    ],
    [
      'minus zero',
      {
        attributes: [
          { key: 'x', value: { doubleValue: -0 } },
          { key: 'y', value: { intValue: '-0' } },
        ],
      },
    ],
  ])(
    'leaves %s to the tolerant reader, and copies the spans around it',
    (_, change) => {
      const body = otlpOf(
        envoySpan({ spanId: '000000000000000a' }),
        envoySpan(change),
        envoySpan({ spanId: '000000000000000c' }),
      );
      expect(readers(body, 'otlp')).toEqual({ copied: 2, odd: 1 });
      const { rows, decoded } = bothWays(body, 'otlp');
      expect(rows).toEqual(decoded);
      expect(rows).toMatchObject({ spanCount: 3 });
    },
  );

  it('caps what all spans of a resource share once, as decoding does', () => {
    const text = JSON.stringify({
      resourceSpans: [
        {
          resource: {
            attributes: [
              { key: 'x', value: { stringValue: 'y'.repeat(9_000) } },
            ],
          },
          scopeSpans: [
            { spans: [envoySpan(), envoySpan({ spanId: '000000000000000c' })] },
          ],
        },
      ],
    });
    const { rows, decoded } = bothWays(bodyBytes(text), 'otlp');
    expect(rows).toEqual(decoded);
  });

  it('keeps the spans of another trace away', () => {
    const body = otlpOf(envoySpan(), envoySpan({ traceId: '2'.repeat(32) }));
    expect(bothWays(body, 'otlp', '2'.repeat(32)).rows).toMatchObject({
      spanCount: 1,
    });
    expect(readTraceRows(body, 'otlp', '3'.repeat(32))).toBeUndefined();
  });

  it('hands over what everybody may see of a span first', () => {
    const read = readTraceRows(otlpOf(envoySpan()), 'otlp', TRACE_ID);
    const [rows] = [...(read?.rows() ?? [])];
    const [open = ''] = rows ? openPartsOf(rows) : [];
    expect(JSON.parse(`${open}}`)).toEqual({
      spanId: '00000000000000ab',
      parentSpanId: '00000000000000cd',
      service: 'a.ns',
      operation: 'pay "now" \u00fc',
      offsetUs: 0.123,
      durationUs: 9.333,
    });
    expect(JSON.parse(open + WITHHELD_DETAILS)).toMatchObject({
      spanId: '00000000000000ab',
      kind: 'unspecified',
      attributes: {},
      redacted: true,
    });
  });

  it('hands over many spans in parts', () => {
    const spans = Array.from({ length: 600 }, (_, i) =>
      envoySpan({ spanId: (i + 1).toString(16).padStart(16, '0') }),
    );
    const read = readTraceRows(otlpOf(...spans), 'otlp', TRACE_ID);
    const sizes = [...(read?.rows() ?? [])].map(rows => rows.details.length);
    expect(sizes).toEqual([250, 250, 100]);
    expect(read?.head).toMatchObject({
      spanCount: 600,
      senders: [{ service: 'a.ns', identity: { pod: 'a', namespace: 'ns' } }],
    });
  });
});
