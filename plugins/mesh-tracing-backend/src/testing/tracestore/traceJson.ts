import type { Span, Trace } from 'backstage-plugin-mesh-tracing-common';

const KINDS = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
];

/** A trace in the JSON of Jaeger's legacy API. */
export function jaegerJson(trace: Trace): unknown {
  const services = [...new Set(trace.spans.map(span => span.service))];
  return {
    traceID: trace.traceId,
    spans: trace.spans.map(span => ({
      traceID: trace.traceId,
      spanID: span.spanId,
      operationName: span.operation,
      references: span.parentSpanId
        ? [
            {
              refType: 'CHILD_OF',
              traceID: trace.traceId,
              spanID: span.parentSpanId,
            },
          ]
        : [],
      startTime: trace.startTimeUs + Math.floor(span.offsetUs),
      duration: Math.floor(span.durationUs),
      tags: [
        ...Object.entries(span.attributes).map(([key, value]) => ({
          key,
          type: typeof value === 'number' ? 'int64' : 'string',
          value,
        })),
        ...(span.kind === 'unspecified'
          ? []
          : [{ key: 'span.kind', type: 'string', value: span.kind }]),
        ...(span.status === 'error'
          ? [
              { key: 'otel.status_code', type: 'string', value: 'ERROR' },
              { key: 'error', type: 'bool', value: true },
            ]
          : []),
      ],
      logs: [],
      processID: `p${services.indexOf(span.service) + 1}`,
      warnings: null,
    })),
    processes: Object.fromEntries(
      services.map((serviceName, i) => [
        `p${i + 1}`,
        { serviceName, tags: [] },
      ]),
    ),
    warnings: null,
  };
}

function otlpSpan(trace: Trace, span: Span): unknown {
  const start =
    BigInt(trace.startTimeUs) * 1000n +
    BigInt(Math.round(span.offsetUs * 1000));
  return {
    traceId: trace.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId ? { parentSpanId: span.parentSpanId } : {}),
    name: span.operation,
    kind: KINDS.indexOf(span.kind),
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + BigInt(Math.round(span.durationUs * 1000))),
    attributes: Object.entries(span.attributes).map(([key, value]) => ({
      key,
      value:
        typeof value === 'number'
          ? { intValue: String(value) }
          : { stringValue: String(value) },
    })),
    status: span.status === 'error' ? { code: 2 } : {},
  };
}

/** Traces joined in one OTLP document, as the v3 API sends a search. */
export function otlpJson(traces: Trace[]): unknown {
  return {
    resourceSpans: traces.flatMap(trace =>
      [...new Set(trace.spans.map(span => span.service))].map(service => ({
        resource: {
          attributes: [
            { key: 'service.name', value: { stringValue: service } },
          ],
        },
        scopeSpans: [
          {
            scope: {},
            spans: trace.spans
              .filter(span => span.service === service)
              .map(span => otlpSpan(trace, span)),
          },
        ],
      })),
    ),
  };
}
