import {
  matchesTraceQuery,
  normalizeTraceId,
  type SpanKind,
  type Trace,
  type TraceQuery,
} from 'backstage-plugin-mesh-tracing-common';

/** What the imitated Jaeger has stored. */
export class FakeTraces {
  constructor(readonly traces: Trace[]) {}

  services(): string[] {
    const names = this.traces.flatMap(trace =>
      trace.spans.map(span => span.service),
    );
    return [...new Set(names)];
  }

  operations(
    service: string | null,
  ): Array<{ name: string; spanKind: SpanKind }> {
    const names = new Map<string, SpanKind>();
    for (const trace of this.traces) {
      for (const span of trace.spans) {
        if (span.service === service) {
          names.set(span.operation, span.kind);
        }
      }
    }
    return [...names].map(([name, spanKind]) => ({ name, spanKind }));
  }

  search(query: TraceQuery): Trace[] {
    return this.traces
      .filter(trace => matchesTraceQuery(trace, query))
      .sort((a, b) => b.startTimeUs - a.startTimeUs)
      .slice(0, query.limit);
  }

  find(id: string): Trace | undefined {
    const wanted = normalizeTraceId(id);
    return this.traces.find(trace => trace.traceId === wanted);
  }
}
