import { decodeJaegerTraces, type Trace } from '../../traces';
import { decodeOtlpTraces } from '../../traces/decode/decodeOtlpTraces';

/** Microseconds since the epoch. */
export const START = 1_700_000_000_000_000;

/** A span as Jaeger's legacy form has it. */
export function jaegerSpan(span: Record<string, unknown>) {
  return {
    traceID: 'ab',
    spanID: '1',
    operationName: 'op',
    startTime: START,
    duration: 10,
    processID: 'p1',
    ...span,
  };
}

/** The trace that is read from spans in Jaeger's legacy form. */
export function jaeger(
  spans: unknown[],
  rest: Record<string, unknown> = {},
): Trace {
  const [trace] = decodeJaegerTraces({
    data: [
      {
        traceID: 'ab',
        spans,
        processes: { p1: { serviceName: 'shop', tags: null } },
        ...rest,
      },
    ],
  });
  if (!trace) {
    throw new Error('No trace was read');
  }
  return trace;
}

/** The trace that is read from spans in the form of OTLP. */
export function otlp(spans: unknown[]): Trace {
  const [trace] = decodeOtlpTraces({
    result: {
      resourceSpans: [
        {
          resource: {
            attributes: [
              { key: 'service.name', value: { stringValue: 'shop' } },
            ],
          },
          scopeSpans: [{ scope: { name: 'envoy', version: '1' }, spans }],
        },
      ],
    },
  });
  if (!trace) {
    throw new Error('No trace was read');
  }
  return trace;
}

/** A span as OTLP has it. */
export function otlpSpan(span: Record<string, unknown>) {
  return {
    traceId: 'ab'.padStart(32, '0'),
    spanId: '1'.padStart(16, '0'),
    parentSpanId: '',
    name: 'op',
    kind: 2,
    startTimeUnixNano: `${START}001`,
    endTimeUnixNano: `${START + 10}001`,
    status: {},
    ...span,
  };
}

/** A reference as Jaeger's legacy form has it. */
export const reference = (
  spanID: string,
  refType = 'CHILD_OF',
  traceID = 'ab',
) => ({
  refType,
  traceID,
  spanID,
});
/** A span's id in full length. */
export const padded = (id: string) => id.padStart(16, '0');
