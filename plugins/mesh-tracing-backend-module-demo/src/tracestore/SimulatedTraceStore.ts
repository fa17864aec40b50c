import { setImmediate } from 'node:timers/promises';
import {
  analyzeSpanTable,
  matchesTraceQuery,
  mergeSpanTables,
  type MeasuredRequests,
  type RequestMetricsRow,
  normalizeTraceId,
  spanTableOf,
  summarizeTrace,
  type SpanTable,
  type Trace,
  type TraceAnalysisRequest,
  type TraceQuery,
  type TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import {
  FairQueue,
  type RequestMetricsQuery,
  type StoreDependency,
  type TraceAnalysisResult,
  type TraceCoverage,
  type TraceReadOptions,
  type TraceReadResult,
  type TraceSearchResult,
  type TraceStore,
  type TraceStoreStatus,
} from 'backstage-plugin-mesh-tracing-node';
import type { SimulationClock } from '../shared/SimulationClock';
import { inTurns } from './inTurns';
import { REQUEST_SOURCE, type RequestLedger } from './RequestLedger';
import { readMatches } from './readMatches';
import {
  toTrace,
  type RecordedSpan,
  type RecordedTrace,
} from './RecordedTrace';
import type { TraceRing } from './TraceRing';

const EVER = { startTimeMs: -Infinity, endTimeMs: Infinity };
/** Traces to filter in one turn of the event loop: about a millisecond. */
const LOOKED_AT_PER_TURN = 1_000;
/**
 * Traces to build or analyse in one turn of the event loop: about a
 * millisecond.
 */
const BUILT_PER_TURN = 25;

/**
 * Answers from the traces that the traffic simulator recorded. It works on the
 * thread that serves the portal, so one question at a time has its turn there, in
 * small steps, and callers take turns.
 */
export class SimulatedTraceStore implements TraceStore {
  readonly name: string;
  readonly requestSource = REQUEST_SOURCE;
  readonly #ring: TraceRing;
  readonly #ledger: RequestLedger | undefined;
  readonly #clock: SimulationClock;
  readonly #queue = FairQueue.create({ total: 1 });

  static create(options: {
    name: string;
    ring: TraceRing;
    clock: SimulationClock;
    /** Without it, no metrics are configured. */
    ledger?: RequestLedger;
  }): SimulatedTraceStore {
    return new SimulatedTraceStore(options);
  }

  private constructor(options: {
    name: string;
    ring: TraceRing;
    clock: SimulationClock;
    ledger?: RequestLedger;
  }) {
    this.name = options.name;
    this.#ring = options.ring;
    this.#clock = options.clock;
    this.#ledger = options.ledger;
  }

  async services(options: TraceReadOptions = {}): Promise<string[]> {
    return this.#names(({ template }) => template.service, options);
  }

  async operations(
    service: string,
    options: TraceReadOptions = {},
  ): Promise<string[]> {
    return this.#names(
      ({ template }) =>
        template.service === service ? template.operation : undefined,
      options,
    );
  }

  async search(
    query: TraceQuery,
    options: TraceReadOptions = {},
  ): Promise<TraceSearchResult> {
    return this.#queue.run(async () => {
      const { traces, coverage } = await this.#find(query, options);
      const summaries: TraceSummary[] = [];
      for await (const some of inTurns(traces, built(options))) {
        summaries.push(...some.map(summarizeTrace));
      }
      return { traces: summaries, coverage };
    }, options);
  }

  async trace(traceId: string): Promise<Trace | undefined> {
    const id = normalizeTraceId(traceId);
    const recorded = id && this.#ring.get(id, this.#clock.nowMs());
    return recorded ? toTrace(recorded) : undefined;
  }

  async analyze(
    query: TraceQuery,
    request: TraceAnalysisRequest,
    options: TraceReadOptions = {},
  ): Promise<TraceAnalysisResult> {
    return this.#queue.run(async () => {
      const { traces, coverage } = await this.#find(query, options);
      const tables: SpanTable[] = [];
      for await (const some of inTurns(traces, built(options))) {
        tables.push(spanTableOf(some));
      }
      const table = mergeSpanTables(tables);
      await setImmediate();
      return { analysis: analyzeSpanTable(table, request), coverage };
    }, options);
  }

  async read(
    query: TraceQuery,
    options: TraceReadOptions = {},
  ): Promise<TraceReadResult> {
    return this.#queue.run(
      () =>
        readMatches(
          this.#ring.overlapping(query, this.#clock.nowMs()),
          this.#ring.lostUntilMs,
          query,
          options,
        ),
      options,
    );
  }

  async dependencies(
    window: { startTimeMs: number; endTimeMs: number },
    options: TraceReadOptions = {},
  ): Promise<StoreDependency[]> {
    const edges = new Map<string, StoreDependency>();
    await this.#eachTrace(window, options, trace => countEdges(edges, trace));
    return [...edges.values()];
  }

  async requestMetrics(
    query: RequestMetricsQuery,
  ): Promise<RequestMetricsRow[] | undefined> {
    const measured = await this.measureRequests(query);
    return query.byOperation ? measured?.operations : measured?.services;
  }

  async measureRequests({
    workloads = [],
    startTimeMs,
    endTimeMs,
  }: RequestMetricsQuery): Promise<MeasuredRequests | undefined> {
    return this.#ledger?.measure({ workloads, startTimeMs, endTimeMs });
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

  async #names(
    nameOf: (span: RecordedSpan) => string | undefined,
    options: TraceReadOptions,
  ): Promise<string[]> {
    const names = new Set<string>();
    await this.#eachTrace(EVER, options, ({ spans }) => {
      for (const span of spans) {
        const name = nameOf(span);
        if (name !== undefined) {
          names.add(name);
        }
      }
    });
    return [...names].sort();
  }

  #eachTrace(
    window: { startTimeMs: number; endTimeMs: number },
    options: TraceReadOptions,
    look: (trace: RecordedTrace) => void,
  ): Promise<void> {
    return this.#queue.run(async () => {
      const recorded = this.#recorded(window);
      for await (const some of inTurns(recorded, lookedAt(options))) {
        some.forEach(look);
      }
    }, options);
  }

  /** Traces of one of the services, newest first, some at a time. */
  async *#concerning(
    query: TraceQuery,
    options: TraceReadOptions,
  ): AsyncGenerator<Trace> {
    const services = new Set(query.services);
    const recorded = this.#recorded(query);
    for await (const some of inTurns(recorded, lookedAt(options))) {
      // Cheap first: most traces are of other services.
      const concerned = some.filter(
        ({ spans }) =>
          services.size === 0 ||
          spans.some(span => services.has(span.template.service)),
      );
      for await (const few of inTurns(concerned, built(options))) {
        yield* few.map(toTrace);
      }
    }
  }

  async #find(
    query: TraceQuery,
    options: TraceReadOptions,
  ): Promise<{ traces: Trace[]; coverage: TraceCoverage }> {
    const limit = Math.max(0, query.limit);
    const traces: Trace[] = [];
    let isCut = false;
    let fetchedCount = 0;
    for await (const trace of this.#concerning(query, options)) {
      if (!matchesTraceQuery(trace, { ...query, subject: undefined })) {
        continue;
      }
      if (!query.subject || matchesTraceQuery(trace, query)) {
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

function lookedAt({ signal }: TraceReadOptions) {
  return { perTurn: LOOKED_AT_PER_TURN, signal };
}

function built({ signal }: TraceReadOptions) {
  return { perTurn: BUILT_PER_TURN, signal };
}

function countEdges(
  edges: Map<string, StoreDependency>,
  { spans }: RecordedTrace,
): void {
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
