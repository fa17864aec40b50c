/** A span as a proxy would report it, before it has OTLP's form. */
export interface MadeSpan {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  /** Absent for the first span of a trace. */
  parentSpanId?: string;
  /** `service.name`. */
  service: string;
  operation: string;
  kind: 'server' | 'client';
  /** Microseconds since the epoch. */
  startUs: number;
  durationUs: number;
  failed: boolean;
  attributes: Record<string, string>;
}

const KINDS = { server: 2, client: 3 } as const;
const ERROR = 2;

function attribute(key: string, stringValue: string): object {
  return { key, value: { stringValue } };
}

function otlpSpan(span: MadeSpan): object {
  const ns = (us: number) => `${Math.round(us)}000`;
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId && { parentSpanId: span.parentSpanId }),
    name: span.operation,
    kind: KINDS[span.kind],
    startTimeUnixNano: ns(span.startUs),
    endTimeUnixNano: ns(span.startUs + span.durationUs),
    attributes: Object.entries(span.attributes).map(([key, value]) =>
      attribute(key, value),
    ),
    status: span.failed ? { code: ERROR } : {},
  };
}

/** The body of an OTLP request that brings these spans. */
export function otlpBody(spans: MadeSpan[]): object {
  const services = new Map<string, MadeSpan[]>();
  for (const span of spans) {
    const others = services.get(span.service);
    if (others) {
      others.push(span);
    } else {
      services.set(span.service, [span]);
    }
  }
  return {
    resourceSpans: [...services].map(([service, own]) => ({
      resource: { attributes: [attribute('service.name', service)] },
      scopeSpans: [{ scope: { name: 'envoy' }, spans: own.map(otlpSpan) }],
    })),
  };
}
