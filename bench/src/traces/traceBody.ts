import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** Bodies as Jaeger sends them for traces of Envoy sidecars. */
export type BodyForm = 'jaeger' | 'otlp';

/** Size of a generated body. */
export interface BodySize {
  traces: number;
  spansPerTrace: number;
}

interface GeneratedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  service: number;
  kind: 'server' | 'client';
  startUs: number;
  durationUs: number;
  isError: boolean;
  tags: Array<[string, string]>;
}

const SERVICES = Array.from({ length: 24 }, (_, i) => `service-${i}`);
const WINDOW_START_US = 1_790_000_000_000_000;

/** A small generator, so that each run measures the same bytes. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function envoyTags(
  span: Omit<GeneratedSpan, 'tags'>,
  random: () => number,
): Array<[string, string]> {
  const name = SERVICES[span.service] ?? '';
  const pod = `${name}-v1-7d9f8b6c5d-x2x2x`;
  const host = `${name}.shop.svc.cluster.local`;
  const id = `${hex(Math.floor(random() * 2 ** 32), 8)}-7b1c-9f6a-8c1d-5e2f`;
  return [
    [
      'node_id',
      `sidecar~10.244.1.${span.service}~${pod}.shop~shop.svc.cluster.local`,
    ],
    ['component', 'proxy'],
    ['zone', ''],
    ['guid:x-request-id', id],
    ['http.url', `http://${host}/api/items/${Math.floor(random() * 100000)}`],
    ['http.method', 'GET'],
    ['http.protocol', 'HTTP/1.1'],
    ['http.status_code', span.isError ? '503' : '200'],
    ['downstream_cluster', '-'],
    ['user_agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'],
    ['request_size', '0'],
    ['response_size', String(Math.floor(random() * 5000))],
    ['response_flags', span.isError ? 'UF' : '-'],
    [
      'upstream_cluster',
      span.kind === 'client' ? `outbound|80||${host}` : 'inbound|8080||',
    ],
    [
      'upstream_cluster.name',
      span.kind === 'client' ? `outbound|80||${host};` : 'inbound|8080||;',
    ],
    ['upstream_address', `10.244.1.${span.service}:8080`],
    ['peer.address', `10.244.2.${span.service}`],
    ['istio.canonical_service', name],
    ['istio.canonical_revision', 'v1'],
    ['istio.mesh_id', 'cluster.local'],
    ['istio.namespace', 'shop'],
    ['istio.cluster_id', 'Kubernetes'],
  ];
}

function generate(size: BodySize): GeneratedSpan[][] {
  const random = createRandom(42);
  return Array.from({ length: size.traces }, (_, trace) => {
    const traceId = hex(trace + 1, 8).repeat(4);
    const spans: GeneratedSpan[] = [];
    for (let i = 0; i < size.spansPerTrace; i++) {
      const parent = i === 0 ? undefined : spans[Math.floor((i - 1) / 2)];
      const kind: GeneratedSpan['kind'] = i % 2 === 0 ? 'server' : 'client';
      const room = parent?.durationUs ?? 4_000_000;
      const offset = Math.floor(random() * room * 0.3);
      const span = {
        traceId,
        spanId: hex(i + 1, 16),
        ...(parent ? { parentSpanId: parent.spanId } : {}),
        service:
          kind === 'client' && parent
            ? parent.service
            : Math.floor(random() * SERVICES.length),
        kind,
        startUs:
          (parent?.startUs ?? WINDOW_START_US + trace * 1_000_000) + offset,
        durationUs: Math.max(
          1,
          Math.floor((room - offset) * (0.4 + random() * 0.5)),
        ),
        isError: random() < 0.02,
      };
      spans.push({ ...span, tags: envoyTags(span, random) });
    }
    return spans;
  });
}

function operation(span: GeneratedSpan): string {
  return `${SERVICES[span.service]}.shop.svc.cluster.local:80/*`;
}

function jaegerTrace(spans: GeneratedSpan[]): unknown {
  return {
    traceID: spans[0]?.traceId,
    spans: spans.map(span => ({
      traceID: span.traceId,
      spanID: span.spanId,
      operationName: operation(span),
      references: span.parentSpanId
        ? [
            {
              refType: 'CHILD_OF',
              traceID: span.traceId,
              spanID: span.parentSpanId,
            },
          ]
        : [],
      startTime: span.startUs,
      duration: span.durationUs,
      tags: [
        ...span.tags.map(([key, value]) => ({ key, type: 'string', value })),
        { key: 'span.kind', type: 'string', value: span.kind },
        ...(span.isError
          ? [
              { key: 'otel.status_code', type: 'string', value: 'ERROR' },
              { key: 'error', type: 'bool', value: true },
            ]
          : []),
      ],
      logs: [],
      processID: `p${span.service}`,
      warnings: null,
    })),
    processes: Object.fromEntries(
      SERVICES.map((name, i) => [
        `p${i}`,
        { serviceName: `${name}.shop`, tags: [] },
      ]),
    ),
    warnings: null,
  };
}

function otlpResources(spans: GeneratedSpan[]): unknown[] {
  return SERVICES.map((name, service) => ({
    resource: {
      attributes: [
        { key: 'service.name', value: { stringValue: `${name}.shop` } },
      ],
    },
    scopeSpans: [
      {
        scope: {},
        spans: spans
          .filter(span => span.service === service)
          .map(span => ({
            traceId: span.traceId,
            spanId: span.spanId,
            parentSpanId: span.parentSpanId ?? '',
            flags: 256,
            name: operation(span),
            kind: span.kind === 'server' ? 2 : 3,
            startTimeUnixNano: `${span.startUs}123`,
            endTimeUnixNano: `${span.startUs + span.durationUs}456`,
            attributes: span.tags.map(([key, value]) => ({
              key,
              value: { stringValue: value },
            })),
            status: span.isError ? { code: 2 } : {},
          })),
      },
    ],
  }));
}

/** The same traces in either form. */
export function traceBody(
  form: BodyForm,
  size: BodySize,
): Uint8Array<ArrayBuffer> {
  const traces = generate(size);
  const parts =
    form === 'jaeger'
      ? traces.map(trace => JSON.stringify(jaegerTrace(trace)))
      : traces.flatMap(trace =>
          otlpResources(trace).map(group => JSON.stringify(group)),
        );
  const text =
    form === 'jaeger'
      ? `{"data":[${parts.join(
          ',',
        )}],"total":0,"limit":0,"offset":0,"errors":null}`
      : `{"result":{"resourceSpans":[${parts.join(',')}]}}`;
  return new TextEncoder().encode(text);
}

/** Writes a body to a file from another process, whose memory is not ours. */
export function writeBodyFile(
  form: BodyForm,
  size: BodySize,
  file: string,
): void {
  const argument = JSON.stringify({ form, size, file });
  const run = spawnSync(
    process.execPath,
    [...process.execArgv, __filename, argument],
    { stdio: 'inherit', env: process.env },
  );
  if (run.status !== 0) {
    throw new Error(`The ${form} body could not be made`);
  }
}

if (require.main === module) {
  const { form, size, file } = JSON.parse(process.argv[2] ?? '{}') as {
    form: BodyForm;
    size: BodySize;
    file: string;
  };
  writeFileSync(file, traceBody(form, size));
}
