import {
  buildTraceTree,
  correctClockSkew,
  criticalPath,
  foldProxySpans,
  foldTrace,
  selfTimes,
  type CriticalPathSegment,
  type FoldedHop,
  type Span,
  type Trace,
  type TraceTree,
} from 'backstage-plugin-mesh-tracing-common';

/** Time of one service on the critical path. */
export interface ServiceShare {
  service: string;
  onPathUs: number;
}

/** How a trace is to be shown. */
export interface TimelineOptions {
  /** Two proxies' spans of the same call as one row. */
  foldHops: boolean;
  /** Moved in time by a guess at how far clocks disagree. */
  correctClocks: boolean;
  /** Whether all spans are there; true when absent. */
  isWhole?: boolean;
}

/** The called proxy's side of a row that stands for both. */
export interface HiddenSide {
  span: Span;
  /** Between the two proxies, microseconds. */
  networkUs: number;
}

/** A trace with everything that its rows show. */
export interface TimelineModel {
  /**
   * Whether all spans are there. Own times and the critical path are empty until
   * then: those of a part would be wrong.
   */
  isWhole: boolean;
  /** As shown: perhaps folded, perhaps with corrected clocks. */
  trace: Trace;
  tree: TraceTree;
  /** Microseconds by span id. */
  selfUs: Map<string, number>;
  /** Stretches of the critical path by span id, in order of time. */
  pathOf: Map<string, CriticalPathSegment[]>;
  /** Of the whole trace, hidden sides included. */
  services: string[];
  errorCount: number;
  /** Failed spans that a row stands for: its own, and the one folded into it. */
  errorsOfRow: Int32Array;
  /** Failed spans that the rows below a row stand for. */
  errorsBelowRow: Int32Array;
  /** The most time first. */
  pathShares: ServiceShare[];
  /** Hops that are or could be folded. */
  hopCount: number;
  /** What is hidden behind a row, by the id of the row's span. */
  hiddenSides: Map<string, HiddenSide>;
  /** Id of the row's span that shows a given span. */
  shownAs: (spanId: string) => string;
  /** What was moved; absent when clocks are as reported. */
  correction?: { movedSpanCount: number; largestShiftUs: number };
}

/** Derives the model; linear in spans but for the critical path's n log n. */
export function timelineModel(
  source: Trace,
  options: TimelineOptions = { foldHops: false, correctClocks: false },
): TimelineModel {
  const correction = options.correctClocks
    ? correctClockSkew(source)
    : undefined;
  const timed = correction ? fromZero(correction.trace) : source;
  const hops = foldProxySpans(timed);
  const folded = options.foldHops ? hops : [];
  const trace = folded.length > 0 ? foldTrace(timed, folded) : timed;
  const isWhole = options.isWhole ?? true;
  const path = isWhole ? criticalPath(trace) : [];
  const clientOf = new Map(
    folded.map(hop => [hop.serverSpanId, hop.clientSpanId]),
  );
  const tree = buildTraceTree(trace);
  const hiddenSides = hiddenSidesOf(timed, folded);
  return {
    trace,
    tree,
    ...countErrors(timed, tree, hiddenSides),
    isWhole,
    selfUs: isWhole ? selfTimes(trace) : new Map(),
    pathOf: bySpan(path),
    services: [...new Set(source.spans.map(({ service }) => service))].sort(),
    errorCount: source.spans.filter(({ status }) => status === 'error').length,
    pathShares: sharesOf(trace, path),
    hopCount: hops.length,
    hiddenSides,
    shownAs: spanId => clientOf.get(spanId) ?? spanId,
    correction: correction && {
      movedSpanCount: correction.movedSpanIds.length,
      largestShiftUs: correction.largestShiftUs,
    },
  };
}

/** Corrected clocks may begin later than the trace was reported to. */
function fromZero(trace: Trace): Trace {
  const first = trace.spans.reduce(
    (least, { offsetUs }) => Math.min(least, offsetUs),
    Infinity,
  );
  if (first === 0 || !Number.isFinite(first)) {
    return trace;
  }
  return {
    ...trace,
    startTimeUs: trace.startTimeUs + first,
    spans: trace.spans.map(span => ({
      ...span,
      offsetUs: span.offsetUs - first,
      events: span.events.map(event => ({
        ...event,
        offsetUs: event.offsetUs - first,
      })),
    })),
  };
}

function hiddenSidesOf(trace: Trace, hops: FoldedHop[]) {
  const hopOf = new Map(hops.map(hop => [hop.serverSpanId, hop]));
  const sides = new Map<string, HiddenSide>();
  for (const span of trace.spans) {
    const hop = hopOf.get(span.spanId);
    if (hop) {
      sides.set(hop.clientSpanId, { span, networkUs: hop.networkUs });
    }
  }
  return sides;
}

/**
 * A folded row fails when either side did; that both did must not be lost, so the
 * spans are counted as they were sent.
 */
function countErrors(
  sent: Trace,
  { rows }: TraceTree,
  hiddenSides: Map<string, HiddenSide>,
): Pick<TimelineModel, 'errorsOfRow' | 'errorsBelowRow'> {
  const failed = new Set(
    sent.spans.flatMap(({ spanId, status }) =>
      status === 'error' ? [spanId] : [],
    ),
  );
  const errorsOfRow = Int32Array.from(rows, ({ span }) => {
    const hidden = hiddenSides.get(span.spanId)?.span.spanId ?? '';
    return Number(failed.has(span.spanId)) + Number(failed.has(hidden));
  });
  const errorsBelowRow = new Int32Array(rows.length);
  for (let row = rows.length - 1; row > 0; row--) {
    const parent = rows[row]?.parentRow ?? -1;
    if (parent >= 0) {
      errorsBelowRow[parent] =
        (errorsBelowRow[parent] ?? 0) +
        (errorsBelowRow[row] ?? 0) +
        (errorsOfRow[row] ?? 0);
    }
  }
  return { errorsOfRow, errorsBelowRow };
}

function bySpan(path: CriticalPathSegment[]) {
  const pathOf = new Map<string, CriticalPathSegment[]>();
  for (const segment of path) {
    const segments = pathOf.get(segment.spanId);
    if (segments) {
      segments.push(segment);
    } else {
      pathOf.set(segment.spanId, [segment]);
    }
  }
  return pathOf;
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
