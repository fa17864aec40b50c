import type {
  SampleLevel,
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
import { callTraceStore, readOptionsOf, TraceSamples } from '../tracestore';
import { namedEntity, type TraceServiceNames } from '../workloads';
import { emptyCoverage } from './publicCoverage';
import type { TimeWindow } from './resolveWindow';
import { subjectOf } from './subjectOf';

/** Traces of one analysis by a store that can only analyse its newest. */
const TRACE_LIMIT = 500;
const SLICES = 60;
/** Long enough for the panels of one page, which ask at the same time. */
const TTL_MS = 5_000;

/** What of a window a panel needs, and how well. */
interface AnalysisScope
  extends Pick<TraceAnalysisRequest, 'withSpanFigures' | 'withPropagation'> {
  /** How much is read; `normal` when absent. */
  sample?: SampleLevel;
}

/** An analysis of an entity's traces in a window. */
export interface EntityAnalysis extends TraceAnalysisResult {
  store: TraceStore;
  /** Trace service names of the entity that were searched, less those of waypoints. */
  services: string[];
  window: TimeWindow;
}

/**
 * Analyses traces once for all panels that show the same window: a sample of it that
 * stands for all, or the newest traces where a store has its own way and no other.
 */
export class TraceAnalyses {
  readonly #names: TraceServiceNames;
  readonly #samples: TraceSamples;
  readonly #results = TtlCache.create<TraceAnalysisResult>({
    ttlMs: TTL_MS,
    max: 50,
  });

  static create(
    names: TraceServiceNames,
    samples = TraceSamples.create(),
  ): TraceAnalyses {
    return new TraceAnalyses(names, samples);
  }

  private constructor(names: TraceServiceNames, samples: TraceSamples) {
    this.#names = names;
    this.#samples = samples;
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
    const { sample = 'normal', ...scope } = what;
    const request = { subject, ...window, ...scope, slices: SLICES };
    const filter = { services, subject, ...window };
    const key = JSON.stringify([store.name, filter, scope, sample]);
    return this.#results.get(
      key,
      signal => {
        const shared = { ...options, signal };
        return callTraceStore(
          store,
          s =>
            s.analyze && !s.read
              ? s.analyze({ ...filter, limit: TRACE_LIMIT }, request, shared)
              : this.#samples.analyze(
                  s,
                  { filter, level: sample },
                  request,
                  shared,
                ),
          signal,
        );
      },
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
