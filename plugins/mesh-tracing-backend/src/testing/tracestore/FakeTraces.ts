import {
  normalizeTraceId,
  type Span,
  type SpanKind,
  type Trace,
} from 'backstage-plugin-mesh-tracing-common';
import type { FoundSpans, SpanSearch } from './SpanSearch';
import { matchingStarts } from './matchingStarts';
import { pickTraces, type FakeStorage } from './pickTraces';

/** What storages take zero for. */
const DEFAULT_DEPTH = 100;

/** What the imitated Jaeger has stored, and how its storage searches. */
export class FakeTraces {
  readonly storage: FakeStorage;
  /** The most that the storage returns at once. */
  readonly maxTraces: number;
  /** Whether status and kind can be searched for as tags. */
  readonly #knowsStatusTags: boolean;

  /**
   * @param traces - in the order in which they arrived
   */
  constructor(
    readonly traces: Trace[],
    options: {
      storage?: FakeStorage;
      maxTraces?: number;
      knowsStatusTags?: boolean;
    } = {},
  ) {
    this.storage = options.storage ?? 'elasticsearch';
    this.maxTraces = options.maxTraces ?? 100_000;
    this.#knowsStatusTags = options.knowsStatusTags ?? true;
  }

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

  search(search: SpanSearch): Trace[] {
    const { attributes } = search;
    if (
      !this.#knowsStatusTags &&
      ('error' in attributes || 'span.kind' in attributes)
    ) {
      return [];
    }
    const found = this.traces.flatMap((trace, arrival): FoundSpans[] => {
      const startsNs = matchingStarts(trace, search, this.storage);
      return startsNs.length > 0 ? [{ trace, arrival, startsNs }] : [];
    });
    return pickTraces(found, search.limit || DEFAULT_DEPTH, this.storage);
  }

  find(id: string): Trace | undefined {
    const wanted = normalizeTraceId(id);
    return this.traces.find(trace => trace.traceId === wanted);
  }
}

/** Start of a span, nanoseconds since the epoch. */
export function startNsOf(trace: Trace, span: Span): bigint {
  return (
    BigInt(trace.startTimeUs) * 1000n + BigInt(Math.round(span.offsetUs * 1000))
  );
}
