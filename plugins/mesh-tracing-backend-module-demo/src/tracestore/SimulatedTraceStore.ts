import {
  analyzeTraces,
  matchesTraceQuery,
  normalizeTraceId,
  summarizeTrace,
  type Trace,
  type TraceAnalysisRequest,
  type TraceQuery,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  StoreDependency,
  TraceAnalysisResult,
  TraceCoverage,
  TraceSearchResult,
  TraceStore,
  TraceStoreStatus,
} from 'backstage-plugin-mesh-tracing-node';
import type { SimulationClock } from '../shared/SimulationClock';
import { toTrace, type RecordedTrace } from './RecordedTrace';
import type { TraceRing } from './TraceRing';

const EVER = { startTimeMs: -Infinity, endTimeMs: Infinity };

/** Answers from the traces that the traffic simulator recorded. */
export class SimulatedTraceStore implements TraceStore {
  readonly name: string;
  readonly #ring: TraceRing;
  readonly #clock: SimulationClock;

  static create(options: {
    name: string;
    ring: TraceRing;
    clock: SimulationClock;
  }): SimulatedTraceStore {
    return new SimulatedTraceStore(options);
  }

  private constructor(options: {
    name: string;
    ring: TraceRing;
    clock: SimulationClock;
  }) {
    this.name = options.name;
    this.#ring = options.ring;
    this.#clock = options.clock;
  }

  async services(): Promise<string[]> {
    const names = new Set<string>();
    for (const trace of this.#recorded(EVER)) {
      for (const span of trace.spans) {
        names.add(span.template.service);
      }
    }
    return [...names].sort();
  }

  async operations(service: string): Promise<string[]> {
    const names = new Set<string>();
    for (const trace of this.#recorded(EVER)) {
      for (const { template } of trace.spans) {
        if (template.service === service) {
          names.add(template.operation);
        }
      }
    }
    return [...names].sort();
  }

  async search(query: TraceQuery): Promise<TraceSearchResult> {
    const { traces, coverage } = this.#find(query);
    return { traces: traces.map(summarizeTrace), coverage };
  }

  async trace(traceId: string): Promise<Trace | undefined> {
    const id = normalizeTraceId(traceId);
    const recorded = id && this.#ring.get(id, this.#clock.nowMs());
    return recorded ? toTrace(recorded) : undefined;
  }

  async analyze(
    query: TraceQuery,
    request: TraceAnalysisRequest,
  ): Promise<TraceAnalysisResult> {
    const { traces, coverage } = this.#find(query);
    return { analysis: analyzeTraces(traces, request), coverage };
  }

  async dependencies(window: {
    startTimeMs: number;
    endTimeMs: number;
  }): Promise<StoreDependency[]> {
    const edges = new Map<string, StoreDependency>();
    for (const { spans } of this.#recorded(window)) {
      for (const span of spans) {
        const parent = spans[span.parent]?.template.service;
        const child = span.template.service;
        if (parent !== undefined && parent !== child) {
          const key = `${parent}\n${child}`;
          const edge = edges.get(key) ?? { parent, child, callCount: 0 };
          edge.callCount += 1;
          edges.set(key, edge);
        }
      }
    }
    return [...edges.values()];
  }

  async status(): Promise<TraceStoreStatus> {
    return { reachable: true, dialect: 'simulated' };
  }

  traceUrl(): undefined {
    return undefined;
  }

  #recorded(window: {
    startTimeMs: number;
    endTimeMs: number;
  }): RecordedTrace[] {
    return this.#ring.inWindow(window, this.#clock.nowMs());
  }

  #find(query: TraceQuery): { traces: Trace[]; coverage: TraceCoverage } {
    const services = new Set(query.services);
    const limit = Math.max(0, query.limit);
    const traces: Trace[] = [];
    let isCut = false;
    let fetchedCount = 0;
    for (const recorded of this.#recorded(query)) {
      // Cheap first: most traces are of other services.
      const concerns =
        services.size === 0 ||
        recorded.spans.some(span => services.has(span.template.service));
      const trace = concerns ? toTrace(recorded) : undefined;
      if (
        !trace ||
        !matchesTraceQuery(trace, { ...query, subject: undefined })
      ) {
        continue;
      }
      const isOwn = !query.subject || matchesTraceQuery(trace, query);
      if (isOwn) {
        if (traces.length === limit) {
          isCut = true;
          break;
        }
        traces.push(trace);
      }
      fetchedCount += 1;
    }
    const oldest = traces[traces.length - 1];
    return {
      traces,
      coverage: {
        complete: !isCut && this.#ring.lostUntilMs < query.startTimeMs,
        fetchedCount,
        matchedCount: traces.length,
        ...(query.subject ? { belongingCount: traces.length } : {}),
        ...(oldest ? { oldestStartTimeMs: oldest.startTimeUs / 1000 } : {}),
        filteredHere: traces.length < fetchedCount ? ['workload'] : [],
        failures: [],
      },
    };
  }
}
