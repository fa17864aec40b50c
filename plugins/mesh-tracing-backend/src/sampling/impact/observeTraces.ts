import type {
  TraceAnalysis,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';
import type { ObservedTraces } from './RequestRateEstimator';
import {
  beganAt,
  contextOfWorkload,
  resolveWindow,
  type TraceAnalyses,
} from '../../traces';

/**
 * Windows end at multiples of this, so that whoever asks about a workload at
 * about the same time shares one answer of the store.
 */
const STEP_MS = 5_000;
const Z_95 = 1.959964;

/**
 * Counts the traces of the last hour that began at one workload.
 *
 * @throws what {@link TraceAnalyses.of} throws
 */
export async function observeTraces(
  analyses: Pick<TraceAnalyses, 'of'>,
  context: EntityContext,
  workload: Workload,
  nowMs: number,
): Promise<ObservedTraces> {
  const window = resolveWindow({}, nowMs - (nowMs % STEP_MS));
  const { analysis, coverage, services } = await analyses.of(
    contextOfWorkload(context, workload),
    window,
    // Previews ask about many workloads, and tell how far a figure may be off.
    { sample: 'quick' },
  );
  const { traceCount, spanCount } = analysis;
  // Without a sample, an incomplete answer holds the newest traces only.
  const startTimeMs = coverage.complete
    ? window.startTimeMs
    : coverage.oldestStartTimeMs ?? window.startTimeMs;
  const seen = seenOf(analysis);
  return {
    ...seen,
    spans: traceCount === 0 ? 0 : (spanCount * seen.rootTraces) / traceCount,
    windowMs: window.endTimeMs - startTimeMs,
    complete: coverage.complete,
    beganAt: beganAt(analysis, services),
  };
}

/** What was read, and of a sample besides what it stands for. */
function seenOf({
  traceCount,
  rootedTraceCount,
  latency,
  sample,
}: TraceAnalysis): Pick<
  ObservedTraces,
  'traces' | 'rootTraces' | 'estimatedRootTraces'
> {
  if (!sample || traceCount === 0) {
    return { traces: traceCount, rootTraces: rootedTraceCount };
  }
  const traces = sample.readTraceCount;
  const share = rootedTraceCount / traceCount;
  const rootTraces = share > 0 ? Math.max(1, Math.round(share * traces)) : 0;
  const { designEffect = 1 } = latency.overall?.estimate ?? {};
  // So many began by chance where they were read; nothing of that is left to chance
  // where all was read.
  const deviation = Math.sqrt(
    (designEffect * (1 - sample.readShare)) / Math.max(1, rootTraces),
  );
  const spread = Z_95 * deviation * rootedTraceCount;
  return {
    traces,
    rootTraces,
    estimatedRootTraces: {
      count: rootedTraceCount,
      low: Math.max(rootTraces, rootedTraceCount - spread),
      high: rootedTraceCount + spread,
    },
  };
}
