import type { Workload } from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../access/EntityContext';
import type { ObservedTraces } from '../sampling/RequestRateEstimator';
import { resolveWindow } from './resolveWindow';
import type { TraceAnalyses } from './TraceAnalyses';

/**
 * Counts the traces of the last hour that began at one workload; null when the
 * store can't tell.
 */
export async function observeTraces(
  analyses: TraceAnalyses,
  context: EntityContext,
  workload: Workload,
  nowMs: number,
): Promise<ObservedTraces | null> {
  const window = resolveWindow({}, nowMs);
  const narrowed = {
    ...context,
    match: { ...context.match, workloads: [workload] },
  };
  try {
    const { analysis, coverage } = await analyses.of(narrowed, window);
    const { traceCount, rootedTraceCount, spanCount } = analysis;
    // An incomplete answer holds the newest traces only.
    const startTimeMs = coverage.complete
      ? window.startTimeMs
      : coverage.oldestStartTimeMs ?? window.startTimeMs;
    return {
      rootTraces: rootedTraceCount,
      spans: traceCount === 0 ? 0 : (spanCount * rootedTraceCount) / traceCount,
      windowMs: window.endTimeMs - startTimeMs,
      complete: coverage.complete,
    };
  } catch {
    return null;
  }
}
