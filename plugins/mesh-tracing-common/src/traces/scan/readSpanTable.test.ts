import fc from 'fast-check';
import { analyzeSpanTable, analyzeTraces } from '../../analysis';
import type { TraceAnalysisRequest } from '../model/TraceAnalysisRequest';
import { decodeTraces, readSpanTable, type TraceFormat } from './readSpanTable';
import { OddBodyError } from './JsonCursor';
import { StoreStreamError } from '../decode/StoreStreamError';
import { scanJaegerTraces } from './jaeger/scanJaegerTraces';
import { scanOtlpTraces } from './otlp/scanOtlpTraces';

const request: TraceAnalysisRequest = {
  subject: {
    services: ['shop é', 'a'],
    workloads: [{ namespace: 'ns', name: 'a-v1', canonicalName: 'a' }],
  },
  startTimeMs: 1_700_000_000_000,
  endTimeMs: 1_700_000_000_100,
  slices: 7,
};

function bytes(json: unknown): Uint8Array {
  return new TextEncoder().encode(
    typeof json === 'string' ? json : JSON.stringify(json),
  );
}

const id = (n: number, digits: number) => n.toString(16).padStart(digits, '0');
const nodeId = (pod: string) =>
  `sidecar~10.0.0.1~${pod}.ns~ns.svc.cluster.local`;

const attribute = fc.constantFrom<[string, string | number | boolean]>(
  ['node_id', nodeId('a-v1-7d9f8b6c5d-x2x2x')],
  ['node_id', nodeId('b-0')],
  ['node_id', 'router~10.0.0.1~gw-7d9f8b6c5d-x2x2x.ns~ns.svc.cluster.local'],
  ['node_id', 'waypoint~10.0.0.1~w-7d9f8b6c5d-x2x2x.ns~ns.svc.cluster.local'],
  ['istio.source_workload', 'b'],
  ['istio.source_namespace', 'ns'],
  ['istio.destination_workload', 'a-v1'],
  ['istio.destination_workload', 'unknown'],
  ['istio.destination_namespace', 'ns'],
  ['istio.destination_canonical_service', 'a'],
  ['istio.destination_canonical_revision', 'v2'],
  ['istio.canonical_service', 'a'],
  ['istio.canonical_revision', 'v1'],
  ['istio.namespace', 'ns'],
  ['istio.cluster_id', 'east'],
  ['upstream_cluster', 'outbound|80||c.ns.svc.cluster.local'],
  ['upstream_cluster.name', 'PassthroughCluster'],
  ['http.url', 'http://Example.com:80/a?b="c"'],
  ['db.system', 'postgresql'],
  ['peer.service', 'bücher'],
  ['http.status_code', 200],
  ['http.response.status_code', '503'],
  ['http.response.status_code', 'none'],
  ['rpc.grpc.status_code', 14],
  ['rpc.grpc.status_code', -1],
  ['http.method', 'GET'],
  ['grpc.status_code', '0'],
  ['error', true],
  ['error', 'false'],
  ['error', false],
  ['otel.status_code', 'ok'],
  ['otel.status_code', '2'],
  ['otel.status_code', 'STATUS_CODE_ERROR'],
  ['service.version', 'v7'],
  ['error', 'true'],
  ['custom "key"', 'x\\y'],
);

/** How a span refers to its parent and to others. */
const LINKS = ['none', 'follows', 'beside', 'alien'] as const;

const randomSpan = fc.record({
  trace: fc.integer({ min: 1, max: 3 }),
  parent: fc.nat({ max: 14 }),
  service: fc.constantFrom('a', 'shop é', 'c"d', ''),
  kind: fc.nat({ max: 5 }),
  start: fc.nat({ max: 90_000 }),
  duration: fc.nat({ max: 50_000 }),
  operation: fc.constantFrom(
    'GET /',
    'sql\n',
    'ü',
    'a.ns.svc.cluster.local:80/*',
    'c.ns.svc.cluster.local:80/*',
  ),
  isError: fc.boolean(),
  link: fc.constantFrom(...LINKS),
  enumForm: fc.constantFrom('number', 'text', 'name'),
  attributes: fc.uniqueArray(attribute, {
    maxLength: 9,
    selector: ([key]) => key,
  }),
  /** Sent once more, which is for the tolerant reader. */
  repeated: fc.oneof(
    { weight: 40, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: attribute },
  ),
});

const KINDS = ['', 'internal', 'server', 'client', 'producer', 'consumer'];
type RandomSpan = typeof randomSpan extends fc.Arbitrary<infer T> ? T : never;

const STATUSES = ['unset', 'ok', 'error'];

function sentAttributes({ attributes, repeated, isError }: RandomSpan) {
  const own = attributes.filter(
    ([key]) => !isError || key !== 'otel.status_code',
  );
  return repeated ? [...own, repeated] : own;
}

function jaegerReferences(span: RandomSpan): unknown {
  const traceID = id(span.trace, 32);
  const spanID = id(span.parent, 16);
  const others = {
    none: [],
    follows: [],
    beside: [{ refType: 'FOLLOWS_FROM', traceID, spanID: id(1, 16) }],
    alien: [{ refType: 'CHILD_OF', traceID: id(99, 32), spanID }],
  }[span.link];
  const refType = span.link === 'follows' ? 'FOLLOWS_FROM' : 'CHILD_OF';
  return span.parent > 0 ? [...others, { refType, traceID, spanID }] : others;
}

function otlpLinks(span: RandomSpan): unknown {
  const link = (spanId: string, trace: number, type?: string) => ({
    traceId: id(trace, 32),
    spanId,
    attributes: type
      ? [{ key: 'opentracing.ref_type', value: { stringValue: type } }]
      : [{ key: 'x"', value: { stringValue: 'y' } }],
  });
  const parent = id(span.parent || 1, 16);
  return {
    none: undefined,
    follows: [link(parent, 99), link(parent, span.trace, 'follows_from')],
    beside: [link(id(1, 16), span.trace, 'child_of')],
    alien: [link(parent, 99, 'follows_from')],
  }[span.link];
}

/** An enum of protobuf in one of its forms in JSON. */
function otlpEnum(
  { enumForm }: RandomSpan,
  value: number,
  prefix: string,
  names: string[],
): unknown {
  const name = `${prefix}${(names[value] || 'unspecified').toUpperCase()}`;
  return { number: value, text: String(value), name }[enumForm as string];
}

function jaegerBody(spans: RandomSpan[]): unknown {
  const services = [...new Set(spans.map(span => span.service))];
  return {
    data: [1, 2, 3].map(trace => ({
      traceID: id(trace, 32),
      spans: spans.flatMap((span, i) =>
        span.trace === trace
          ? [
              {
                traceID: id(trace, 32),
                spanID: id(i + 1, 16),
                operationName: span.operation,
                references: jaegerReferences(span),
                startTime: 1_700_000_000_000_000 + span.start,
                duration: span.duration,
                tags: [
                  ...sentAttributes(span).map(([key, value]) => ({
                    key,
                    type: {
                      string: 'string',
                      number: 'int64',
                      boolean: 'bool',
                    }[typeof value as 'string'],
                    value,
                  })),
                  { key: 'span.kind', type: 'string', value: KINDS[span.kind] },
                  ...(span.isError
                    ? [
                        {
                          key: 'otel.status_code',
                          type: 'string',
                          value: 'ERROR',
                        },
                      ]
                    : []),
                ],
                logs: [
                  { timestamp: 1, fields: [{ key: 'event', value: '}' }] },
                ],
                processID: `p${services.indexOf(span.service)}`,
                warnings: null,
              },
            ]
          : [],
      ),
      processes: Object.fromEntries(
        services.map((serviceName, i) => [
          `p${i}`,
          { serviceName, tags: [{ key: 'service.version', value: 'v9' }] },
        ]),
      ),
    })),
    errors: null,
  };
}

function otlpBody(spans: RandomSpan[]): unknown {
  return {
    result: {
      resourceSpans: spans.map((span, i) => ({
        resource: {
          attributes: [
            { key: 'service.name', value: { stringValue: span.service } },
          ],
        },
        scopeSpans: [
          {
            scope: {},
            spans: [
              {
                traceId: id(span.trace, 32),
                spanId: id(i + 1, 16),
                parentSpanId: span.parent > 0 ? id(span.parent, 16) : '',
                name: span.operation,
                kind: otlpEnum(span, span.kind, 'SPAN_KIND_', KINDS),
                links: otlpLinks(span),
                startTimeUnixNano: `${1_700_000_000_000_000 + span.start}${id(
                  i,
                  3,
                ).replace(/[a-f]/g, '7')}`,
                endTimeUnixNano: `${
                  1_700_000_000_000_000 + span.start + span.duration
                }999`,
                attributes: sentAttributes(span).map(([key, value]) => ({
                  key,
                  value: {
                    string: { stringValue: value },
                    number: { intValue: String(value) },
                    boolean: { boolValue: value },
                  }[typeof value as 'string'],
                })),
                status: span.isError
                  ? { code: otlpEnum(span, 2, 'STATUS_CODE_', STATUSES) }
                  : {},
              },
            ],
          },
        ],
      })),
    },
  };
}

function failureOf(body: Uint8Array): string {
  try {
    readSpanTable(body, 'jaeger');
    return 'none';
  } catch (error) {
    return String(error).split(':')[0] ?? '';
  }
}

/** Whether the body needs no tolerant reader. */
function scans(body: Uint8Array, format: TraceFormat): boolean {
  try {
    return Boolean(
      format === 'jaeger' ? scanJaegerTraces(body) : scanOtlpTraces(body),
    );
  } catch (error) {
    return !(error instanceof OddBodyError);
  }
}

function analysisBothWays(body: Uint8Array, format: TraceFormat) {
  return {
    scanned: analyzeSpanTable(readSpanTable(body, format), request),
    decoded: analyzeTraces(decodeTraces(body, format), request),
  };
}

describe('readSpanTable', () => {
  it.each<[TraceFormat, (spans: RandomSpan[]) => unknown]>([
    ['jaeger', jaegerBody],
    ['otlp', otlpBody],
  ])('scans %s bodies to the same analysis as decoding', (format, body) => {
    fc.assert(
      fc.property(fc.array(randomSpan, { maxLength: 14 }), spans => {
        const { scanned, decoded } = analysisBothWays(
          bytes(body(spans)),
          format,
        );
        expect(scanned).toEqual(decoded);
        const isPlain = spans.every(span => span.repeated === undefined);
        const isScanned = isPlain ? scans(bytes(body(spans)), format) : true;
        expect(isScanned).toBe(true);
      }),
    );
  });

  it.each<[TraceFormat, string]>([
    ['jaeger', '{"data":[],"errors":[{"msg":"storage"}]}'],
    ['jaeger', '{"error":{"message":"storage"}}'],
    ['otlp', '{"result":{"resourceSpans":[]}}\n{"error":{"grpcCode":14}}'],
    ['otlp', '{"error":{"message":"storage"}}'],
    ['otlp', '{"result":{"error":{"message":"storage"}}}'],
  ])('throws for a %s body that holds an error: %s', (format, text) => {
    expect(() => readSpanTable(bytes(text), format)).toThrow(StoreStreamError);
    expect(() => decodeTraces(bytes(text), format)).toThrow(StoreStreamError);
  });

  it('keeps the digits of long integers, as numbers and as texts', () => {
    const body = (value: string) =>
      `{"data":[{"traceID":"1","spans":[{"traceID":"1","spanID":"0000000000000001","operationName":"a","startTime":1790000000000000,"duration":1,"tags":[{"key":"room","type":"int64","value":${value}}]}]}]}`;
    const room = (value: string) =>
      decodeTraces(bytes(body(value)), 'jaeger')[0]?.spans[0]?.attributes.room;
    expect(room('780177723283783680')).toBe('780177723283783680');
    expect(room('"780177723283783680"')).toBe('780177723283783680');
    expect(room('-9007199254740993')).toBe('-9007199254740993');
    expect(room('12')).toBe(12);
    const otlpRoom = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"1","spanId":"1","name":"a","startTimeUnixNano":1790000000000000001,"endTimeUnixNano":"1790000000000000501","attributes":[{"key":"room","value":{"intValue":780177723283783680}}]}]}]}]}`;
    const [span] = decodeTraces(bytes(otlpRoom), 'otlp')[0]?.spans ?? [];
    expect(span?.attributes.room).toBe('780177723283783680');
    expect(span?.durationUs).toBe(0.5);
  });

  it.each<[string, TraceFormat, string]>([
    [
      'a missing start time',
      'jaeger',
      '{"data":[{"traceID":"1","spans":[{"traceID":"1","spanID":"0000000000000001","operationName":"a","startTime":0,"duration":1}]}]}',
    ],
    [
      'a span sent twice',
      'otlp',
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00000000000000000000000000000001","spanId":"0000000000000001","name":"a","startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000000000000"},{"traceId":"00000000000000000000000000000001","spanId":"0000000000000001","name":"a","startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000000000000"}]}]}]}',
    ],
    [
      'times that are numbers',
      'otlp',
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00000000000000000000000000000001","spanId":"0000000000000001","name":"a","startTimeUnixNano":1700000000000000000,"endTimeUnixNano":1700000000000001000}]}]}]}',
    ],
    [
      'a single trace without envelope',
      'jaeger',
      '{"traceID":"1","spans":[{"traceID":"1","spanID":"0000000000000001","operationName":"a","startTime":5,"duration":1}]}',
    ],
  ])('leaves %s to the tolerant reader', (_, format, text) => {
    const scan = format === 'jaeger' ? scanJaegerTraces : scanOtlpTraces;
    expect(() => scan(bytes(text))).toThrow(OddBodyError);
    const analysis = analyzeSpanTable(
      readSpanTable(bytes(text), format),
      request,
    );
    expect(analysis).toMatchObject({ traceCount: 1, spanCount: 1 });
  });

  it.each<[string, TraceFormat, string]>([
    ['an empty search', 'jaeger', '{"data":null,"total":0}'],
    ['an empty list', 'jaeger', '{"data":[]}'],
    ['no result', 'otlp', '{}'],
    ['an empty result', 'otlp', '{"result":{"resourceSpans":[]}}'],
    ['nothing at all', 'otlp', ''],
  ])('reads %s', (_, format, text) => {
    expect(readSpanTable(bytes(text), format).traceIds).toEqual([]);
  });

  it('joins concatenated and newline-separated OTLP documents', () => {
    const document = (span: string) =>
      `{"result":{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00000000000000000000000000000001","spanId":"${span}","name":"a","startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000000000001"}]}]}]}}`;
    const text = `${document('0000000000000001')}\n${document(
      '0000000000000002',
    )}${document('0000000000000003')}`;
    const table = readSpanTable(bytes(text), 'otlp');
    expect(table.traceIds).toHaveLength(1);
    expect(table.starts).toHaveLength(3);
    expect(decodeTraces(bytes(text), 'otlp')[0]?.spans).toHaveLength(3);
  });

  it.each<[TraceFormat, string]>([
    ['jaeger', '{"data":[{"traceID"'],
    ['jaeger', '{"data":[{"traceID":NaN}]}'],
    ['otlp', '{"resourceSpans":[{"scopeSpans"'],
    ['otlp', '{"resourceSpans":[NaN]}'],
  ])('throws for a %s body that is not JSON: %s', (format, text) => {
    expect(() => readSpanTable(bytes(text), format)).toThrow(SyntaxError);
  });

  it('survives any cut or damaged body', () => {
    const whole = JSON.stringify(
      jaegerBody([
        {
          trace: 1,
          parent: 0,
          service: 'a',
          kind: 2,
          start: 1,
          duration: 2,
          operation: 'ü',
          isError: true,
          link: 'follows',
          enumForm: 'text',
          attributes: [['error', true]],
          repeated: undefined,
        },
      ]),
    );
    fc.assert(
      fc.property(
        fc.nat({ max: whole.length }),
        fc.constantFrom('', '"', '}', '0', '\\', '[', 'null'),
        (at, insert) => {
          const damaged = whole.slice(0, at) + insert + whole.slice(at + 1);
          expect(['none', 'SyntaxError']).toContain(failureOf(bytes(damaged)));
        },
      ),
    );
  });
});
