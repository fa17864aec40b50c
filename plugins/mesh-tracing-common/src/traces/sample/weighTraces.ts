import type { TraceAnalysisRequest } from '../model/TraceAnalysisRequest';
import type { Sender, SpanTable } from '../table/SpanTable';
import { firstSpanTimes } from './firstSpanTimes';
import { joined } from './ReadIntervals';
import { isWhole, sampleFactsOf } from './sampleFactsOf';
import { SampleWeights } from './SampleWeights';
import type { SampleFacts, SampleStratum } from './SampleStratum';

/** What the traces of a table stand for. */
export interface WeighedTraces {
  facts: SampleFacts;
  /** Of the whole window; absent where the traces are all there are. */
  weights?: SampleWeights;
  /** Of each slice of the series by itself. */
  sliceWeights?: SampleWeights;
  /** By slice of the series, whether anything of it was read. */
  isSliceRead: boolean[];
}

/** Undefined where the traces are no sample. */
export function weighTraces(
  table: SpanTable,
  isSubject: Uint8Array,
  request: TraceAnalysisRequest,
): WeighedTraces | undefined {
  const { strata, sample } = request;
  if (!strata) {
    return undefined;
  }
  const slices = slicesOf(request);
  const told = {
    level: sample?.level ?? 'normal',
    canRefine: sample?.canRefine ?? false,
  };
  if (strata.every(isWhole)) {
    const counted = strata.map((stratum, at) => ({
      stratum,
      traceCount: at === 0 ? table.traceIds.length : 0,
    }));
    return {
      facts: sampleFactsOf(counted, told),
      isSliceRead: slices.map(() => true),
    };
  }
  const anchors = anchorsOf(table, isSubject, request);
  const weights = new SampleWeights(anchors, strata);
  const ofSlices = slices.map(slice => strataOfSlice(slice, strata));
  return {
    facts: sampleFactsOf(
      strata.map((stratum, at) => ({
        stratum,
        traceCount: weights.traceCounts[at] as number,
      })),
      told,
    ),
    weights,
    sliceWeights: new SampleWeights(anchors, ofSlices.flat()),
    isSliceRead: ofSlices.map(parts =>
      parts.some(({ read }) => read.length > 0),
    ),
  };
}

/**
 * By trace the start of its first span inside the window that the search was
 * for, milliseconds since the epoch: stores look for those spans, so the moment
 * at which one starts decides whether a read must have found the trace. NaN
 * without any.
 */
function anchorsOf(
  table: SpanTable,
  isSubject: Uint8Array,
  request: TraceAnalysisRequest,
): Float64Array {
  const services = new Set(request.subject.services);
  const isSought = Uint8Array.from(table.senders, (sender: Sender, at) =>
    services.size > 0
      ? Number(services.has(table.services[sender.service] as string))
      : (isSubject[at] as number),
  );
  // Only where a trace was found by another name.
  let own: Float64Array | undefined;
  return firstSpanTimes(table, isSought, request).map((first, trace) => {
    if (!Number.isNaN(first)) {
      return first;
    }
    own ??= firstSpanTimes(table, isSubject, request);
    return own[trace] as number;
  });
}

function slicesOf({ startTimeMs, endTimeMs, slices }: TraceAnalysisRequest) {
  const count = Math.max(1, Math.floor(slices));
  const stepMs = Math.max(0, endTimeMs - startTimeMs) / count;
  return Array.from({ length: count }, (_, at) => ({
    startTimeMs: startTimeMs + at * stepMs,
    endTimeMs: at === count - 1 ? endTimeMs : startTimeMs + (at + 1) * stepMs,
  }));
}

/** What the strata are within one slice; a part without a read goes with the next. */
function strataOfSlice(
  slice: { startTimeMs: number; endTimeMs: number },
  strata: SampleStratum[],
): SampleStratum[] {
  const parts: SampleStratum[] = [];
  for (const stratum of strata) {
    const startTimeMs = Math.max(stratum.startTimeMs, slice.startTimeMs);
    const endTimeMs = Math.min(stratum.endTimeMs, slice.endTimeMs);
    if (endTimeMs <= startTimeMs) {
      continue;
    }
    const read = stratum.read
      .map(one => ({
        startTimeMs: Math.max(one.startTimeMs, startTimeMs),
        endTimeMs: Math.min(one.endTimeMs, endTimeMs),
      }))
      .filter(one => one.endTimeMs > one.startTimeMs);
    const last = parts[parts.length - 1];
    if (last && (last.read.length === 0 || read.length === 0)) {
      last.endTimeMs = endTimeMs;
      last.read = joined([...last.read, ...read]);
    } else {
      parts.push({ startTimeMs, endTimeMs, read });
    }
  }
  return parts;
}
