import fc from 'fast-check';

/** UTF-8 of a text, or of the JSON of anything else. */
export function bodyBytes(json: unknown): Uint8Array {
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
  ['guid:x-request-id', '0af76519-16cd-43dd-8448-eb211c80319c'],
  ['guid:x-request-id', '0af76519-16cd-93dd-8448-eb211c80319c'],
  ['guid:x-request-id', 'é"1'],
  ['guid:x-request-id', 7],
  ['error', 'true'],
  ['custom "key"', 'x\\y'],
);

/** How a span refers to its parent and to others. */
const LINKS = ['none', 'follows', 'beside', 'alien'] as const;

/** A span in one of many forms, few of which a store sends. */
export const randomSpan = fc.record({
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
export type RandomSpan = typeof randomSpan extends fc.Arbitrary<infer T>
  ? T
  : never;

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

/** A body of Jaeger's legacy JSON with three traces. */
export function jaegerBody(spans: RandomSpan[]): unknown {
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

/** The same in OTLP JSON. */
export function otlpBody(spans: RandomSpan[]): unknown {
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
