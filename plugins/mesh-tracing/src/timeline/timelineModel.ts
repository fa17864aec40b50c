import {
  buildTraceTree,
  criticalPath,
  selfTimes,
  type CriticalPathSegment,
  type Trace,
  type TraceTree,
} from 'backstage-plugin-mesh-tracing-common';

/** Time of one service on the critical path. */
export interface ServiceShare {
  service: string;
  onPathUs: number;
}

/** A trace with everything that its rows show. */
export interface TimelineModel {
  trace: Trace;
  tree: TraceTree;
  /** Microseconds by span id. */
  selfUs: Map<string, number>;
  /** Stretches of the critical path by span id, in order of time. */
  pathOf: Map<string, CriticalPathSegment[]>;
  services: string[];
  errorCount: number;
  /** The most time first. */
  pathShares: ServiceShare[];
}

/** Derives the model; linear in spans but for the critical path's n log n. */
export function timelineModel(trace: Trace): TimelineModel {
  const path = criticalPath(trace);
  const pathOf = new Map<string, CriticalPathSegment[]>();
  for (const segment of path) {
    const segments = pathOf.get(segment.spanId);
    if (segments) {
      segments.push(segment);
    } else {
      pathOf.set(segment.spanId, [segment]);
    }
  }
  const services = new Set<string>();
  let errorCount = 0;
  for (const span of trace.spans) {
    services.add(span.service);
    errorCount += span.status === 'error' ? 1 : 0;
  }
  return {
    trace,
    tree: buildTraceTree(trace),
    selfUs: selfTimes(trace),
    pathOf,
    services: [...services].sort(),
    errorCount,
    pathShares: sharesOf(trace, path),
  };
}

/** Time on the critical path, all stretches together, microseconds. */
export function pathTimeUs(segments: CriticalPathSegment[] = []): number {
  return segments.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0);
}

function sharesOf(trace: Trace, path: CriticalPathSegment[]): ServiceShare[] {
  const serviceOf = new Map(
    trace.spans.map(({ spanId, service }) => [spanId, service]),
  );
  const shares = new Map<string, number>();
  for (const { spanId, startUs, endUs } of path) {
    const service = serviceOf.get(spanId) ?? '';
    shares.set(service, (shares.get(service) ?? 0) + endUs - startUs);
  }
  return [...shares]
    .map(([service, onPathUs]) => ({ service, onPathUs }))
    .sort((a, b) => b.onPathUs - a.onPathUs);
}
