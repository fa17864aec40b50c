import type { Finding } from '../../shared/Finding';
import { formatPercent } from '../../shared/formatPercent';
import type { EstimateBounds } from '../model';
import { wilson, Z_95 } from '../wilson';
import {
  requestFindingCatalog,
  type RequestFindingCode,
} from './requestFindingCatalog';

/** What is known of a stretch of time, from traces and from metrics. @public */
export interface TracedShareInput {
  /** Traced requests of the subject; need not be whole where it is estimated. */
  tracedCount: number;
  /** Bounds of it at 95 % confidence, where it is estimated. */
  tracedBounds?: EstimateBounds;
  /** Traces that the requests are in: those of one trace were sampled together. */
  traceCount: number;
  /** Requests of the subject in a trace; where absent, as the counts tell. */
  requestsPerTrace?: number;
  /** Of these, the traces that began at the subject. */
  rootedTraceCount: number;
  /** Requests of the subject that the metrics counted, traced or not. */
  requestCount: number;
  /** Length of the stretch, milliseconds. */
  windowMs: number;
  /** How long the counters stand still between two readings, milliseconds. */
  resolutionMs: number;
  /** Sampling in force, percent; null = unknown or mixed. */
  configuredPercent: number | null;
}

/** How large a share of the requests was traced. @public */
export interface TracedShare {
  /** Percent, 0 to 100. */
  seenPercent: number;
  /** Bounds at 95 % confidence, the inexactness of the metrics included, percent. */
  lowPercent: number;
  highPercent: number;
  /** Sampling in force, percent; null = unknown or mixed. */
  configuredPercent: number | null;
  tracedCount: number;
  requestCount: number;
  /** The stretch of time that was compared, milliseconds. */
  windowMs: number;
}

/**
 * 99.9 % confidence: the tab is looked at many times a day, and of twenty looks at
 * 95 % one would cry wolf.
 */
const Z_FINDING = 3.290527;
/** Time until spans can be found in a store, more or less: exporters send in batches. */
const TRACE_DELAY_MS = 10_000;
/** Metrics that are less exact than this say nothing about a share. */
const MOST_INEXACT = 0.5;

/**
 * By how much the metrics' count of requests may be off, as a share of it. The
 * counters are read every so often, at both ends of the stretch, and its newest
 * traces may be on their way still.
 */
function inexactness({ windowMs, resolutionMs }: TracedShareInput): number {
  return (2 * resolutionMs + TRACE_DELAY_MS) / windowMs;
}

/**
 * Bounds of the share, 0 to 1. Requests of one trace were sampled together, so that
 * each trace counts as one observation (the design effect is the requests in a trace).
 */
function bounds(input: TracedShareInput, z: number = Z_95): [number, number] {
  const { tracedCount, traceCount, requestCount } = input;
  const perTrace = Math.max(
    1,
    input.requestsPerTrace ?? tracedCount / Math.max(1, traceCount),
  );
  const off = inexactness(input);
  const { low, high } = input.tracedBounds ?? {
    low: tracedCount,
    high: tracedCount,
  };
  const widening = z / Z_95;
  const fewest = Math.max(0, tracedCount - (tracedCount - low) * widening);
  const most = tracedCount + (high - tracedCount) * widening;
  const of = (share: number, traced: number) =>
    Math.max(traced, requestCount * share) / perTrace;
  return [
    wilson(fewest / perTrace, of(1 + off, fewest), z)[0],
    wilson(most / perTrace, of(1 - off, most), z)[1],
  ];
}

/**
 * The share of the requests that was traced, with its bounds. Null where there is
 * nothing to compare: no request, or so short a stretch that the metrics' count of
 * it means little.
 * @public
 */
export function tracedShare(input: TracedShareInput): TracedShare | null {
  const { tracedCount, requestCount, windowMs, configuredPercent } = input;
  if (
    !(requestCount > 0 && windowMs > 0 && inexactness(input) <= MOST_INEXACT)
  ) {
    return null;
  }
  const [low, high] = bounds(input);
  return {
    seenPercent: 100 * Math.min(1, tracedCount / requestCount),
    lowPercent: 100 * low,
    highPercent: 100 * high,
    configuredPercent,
    tracedCount,
    requestCount,
    windowMs,
  };
}

/**
 * What a deviation of the traced share from the sampling in force is called;
 * undefined unless it is significant.
 * @public
 */
export function tracedShareFinding(
  input: TracedShareInput,
): Finding | undefined {
  const share = tracedShare(input);
  const { configuredPercent, traceCount, rootedTraceCount } = input;
  if (!share || configuredPercent === null) {
    return undefined;
  }
  const [low, high] = bounds(input, Z_FINDING);
  const configured = configuredPercent / 100;
  if (configured >= low && configured <= high) {
    return undefined;
  }
  const beganElsewhere = traceCount > 0 && rootedTraceCount * 2 < traceCount;
  let code: RequestFindingCode =
    configured < low
      ? 'traced-share-above-configured'
      : 'traced-share-below-configured';
  if (beganElsewhere) {
    code = 'traced-share-decided-elsewhere';
  }
  const { severity, whatToDo } = requestFindingCatalog[code];
  const what = `${formatPercent(
    configuredPercent,
  )} of the requests are to be traced, ${shown(
    share.seenPercent,
  )} were (${shown(share.lowPercent)} to ${shown(
    share.highPercent,
  )} with 95 % confidence)${
    beganElsewhere
      ? `; ${
          traceCount - rootedTraceCount
        } of ${traceCount} traces began in front of this workload`
      : ''
  }.`;
  return { severity, code, what, whatToDo };
}

/** A measured percentage: three significant digits. */
function shown(percent: number): string {
  return `${Number(percent.toPrecision(3))} %`;
}
