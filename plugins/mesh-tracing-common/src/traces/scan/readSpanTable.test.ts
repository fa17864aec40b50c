import fc from 'fast-check';
import { analyzeSpanTable, analyzeTraces } from '../../analysis';
import type { TraceAnalysisRequest } from '../model/TraceAnalysisRequest';
import { decodeTraces, readSpanTable, type TraceFormat } from './readSpanTable';
import { OddBodyError } from './JsonCursor';
import { StoreStreamError } from '../decode/StoreStreamError';
import { scanJaegerTraces } from './jaeger/scanJaegerTraces';
import { scanOtlpTraces } from './otlp/scanOtlpTraces';
import { type SpanTable, SPAN_FLAGS } from '../table/SpanTable';
import { spanTableOf } from '../table/spanTableOf';
import {
  bodyBytes as bytes,
  jaegerBody,
  otlpBody,
  randomSpan,
  type RandomSpan,
} from '../../testing/traces/randomBodies';

const request: TraceAnalysisRequest = {
  subject: {
    services: ['shop é', 'a'],
    workloads: [{ namespace: 'ns', name: 'a-v1', canonicalName: 'a' }],
  },
  startTimeMs: 1_700_000_000_000,
  endTimeMs: 1_700_000_000_100,
  slices: 7,
};

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

/** Request ids and links of all spans, in an order that both readers share. */
function idsAndLinks({ requestIds, flags }: SpanTable): string[] {
  return [...requestIds]
    .map((id, i) => `${id} ${(flags[i] as number) & SPAN_FLAGS.linked}`)
    .sort();
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

  it.each<[TraceFormat, (spans: RandomSpan[]) => unknown]>([
    ['jaeger', jaegerBody],
    ['otlp', otlpBody],
  ])(
    'scans request ids and links of %s bodies as decoding does',
    (format, body) => {
      fc.assert(
        fc.property(fc.array(randomSpan, { maxLength: 14 }), spans => {
          const sent = bytes(body(spans));
          expect(idsAndLinks(readSpanTable(sent, format))).toEqual(
            idsAndLinks(spanTableOf(decodeTraces(sent, format))),
          );
        }),
      );
    },
  );

  it('takes request ids for equal that differ in the digit that a hop may change', () => {
    const idsOf = (requestId: string) => {
      const body = `{"data":[{"traceID":"1","spans":[{"traceID":"1","spanID":"0000000000000001","operationName":"a","startTime":5,"duration":1,"tags":[{"key":"guid:x-request-id","type":"string","value":"${requestId}"}]}]}]}`;
      return readSpanTable(bytes(body), 'jaeger').requestIds[0];
    };
    const id = idsOf('0af76519-16cd-43dd-8448-eb211c80319c');
    expect(id).toBeGreaterThan(0);
    expect(idsOf('0af76519-16cd-93dd-8448-eb211c80319c')).toBe(id);
    expect(idsOf('0af76519-16cd-43dd-8448-eb211c80319d')).not.toBe(id);
    expect(idsOf('')).toBe(0);
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
