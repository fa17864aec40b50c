import type {
  TraceAnalysis,
  TraceAnalysisRequest,
  TraceSubject,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceAnalysisResult,
  TraceReadOptions,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../shared/EntityContext';
import { TtlCache } from '../shared/TtlCache';
import { analyzeTracesIn, callTraceStore, readOptionsOf } from '../tracestore';
import { namedEntity, type TraceServiceNames } from '../workloads';
import { emptyCoverage } from './publicCoverage';
import type { TimeWindow } from './resolveWindow';
import { subjectOf } from './subjectOf';

/** Traces that one analysis reads at most. */
const TRACE_LIMIT = 500;
const SLICES = 60;
/** Long enough for the panels of one page, which ask at the same time. */
const TTL_MS = 5_000;

/** What is computed only for a panel that needs it. */
type AnalysisScope = Pick<TraceAnalysisRequest, 'withSpanFigures'>;

/** An analysis of an entity's traces in a window. */
export interface EntityAnalysis extends TraceAnalysisResult {
  store: TraceStore;
  /** Trace service names of the entity that were searched, less those of waypoints. */
  services: string[];
  window: TimeWindow;
}

/** Analyses traces once for all panels that show the same window. */
export class TraceAnalyses {
  readonly #names: TraceServiceNames;
  readonly #results = TtlCache.create<TraceAnalysisResult>({
    ttlMs: TTL_MS,
    max: 50,
  });

  static create(names: TraceServiceNames): TraceAnalyses {
    return new TraceAnalyses(names);
  }

  private constructor(names: TraceServiceNames) {
    this.#names = names;
  }

  /**
   * @throws what {@link TraceServiceNames.find} throws, and what the store's
   *   search throws.
   */
  async of(
    context: EntityContext,
    window: TimeWindow,
    what: AnalysisScope = {},
  ): Promise<EntityAnalysis> {
    const { store, found, searched } = await this.#names.find(
      namedEntity(context),
      readOptionsOf(context),
    );
    const subject = subjectOf(context, found, searched);
    const result =
      searched.length === 0
        ? { analysis: emptyAnalysis(window), coverage: emptyCoverage() }
        : await this.#analyze(
            store,
            { services: searched, subject, window, what },
            readOptionsOf(context),
          );
    return { ...result, store, services: found, window };
  }

  #analyze(
    store: TraceStore,
    of: {
      services: string[];
      subject: TraceSubject;
      window: TimeWindow;
      what: AnalysisScope;
    },
    options: TraceReadOptions,
  ): Promise<TraceAnalysisResult> {
    const { services, subject, window, what } = of;
    const key = JSON.stringify([store.name, services, subject, window, what]);
    return this.#results.get(
      key,
      signal =>
        callTraceStore(
          store,
          s =>
            analyzeTracesIn(
              s,
              { services, subject, ...window, limit: TRACE_LIMIT },
              { subject, ...window, ...what, slices: SLICES },
              { ...options, signal },
            ),
          signal,
        ),
      options.signal,
    );
  }
}

function emptyAnalysis(window: TimeWindow): TraceAnalysis {
  return {
    traceCount: 0,
    spanCount: 0,
    subjectTraceCount: 0,
    rootedTraceCount: 0,
    summaries: [],
    latency: {
      overall: null,
      operations: [],
      peers: [],
      versions: [],
      series: {
        stepMs: (window.endTimeMs - window.startTimeMs) / SLICES,
        points: [],
      },
    },
    dependencies: { nodes: [], edges: [], neighbours: [] },
    criticalPath: [],
    spanFigures: {
      errorCount: 0,
      subjectErrorCount: 0,
      services: [],
      operations: [],
      links: [],
    },
  };
}
