import type {
  TraceAnalysis,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';
import type { ObservedTraces } from './RequestRateEstimator';
import { contextOfWorkload } from './contextOfWorkload';
import { resolveWindow, type TraceAnalyses } from '../../traces';

/**
 * Windows end at multiples of this, so that whoever asks about a workload at
 * about the same time shares one answer of the store.
 */
const STEP_MS = 5_000;

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
  );
  const { traceCount, rootedTraceCount, spanCount } = analysis;
  // An incomplete answer holds the newest traces only.
  const startTimeMs = coverage.complete
    ? window.startTimeMs
    : coverage.oldestStartTimeMs ?? window.startTimeMs;
  return {
    traces: traceCount,
    rootTraces: rootedTraceCount,
    spans: traceCount === 0 ? 0 : (spanCount * rootedTraceCount) / traceCount,
    windowMs: window.endTimeMs - startTimeMs,
    complete: coverage.complete,
    beganAt: beganAt(analysis, services),
  };
}

/** By the service of the first span, most traces first. */
function beganAt(
  { summaries }: TraceAnalysis,
  ownServices: readonly string[],
): NonNullable<ObservedTraces['beganAt']> {
  const counts = new Map<string, number>();
  for (const { rootService } of summaries) {
    if (rootService !== undefined && !ownServices.includes(rootService)) {
      counts.set(rootService, (counts.get(rootService) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([service, traces]) => ({ service, traces }))
    .sort((a, b) => b.traces - a.traces || a.service.localeCompare(b.service));
}
