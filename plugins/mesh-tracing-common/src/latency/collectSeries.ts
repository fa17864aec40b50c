import {
  SPAN_FLAGS,
  type SpanTable,
  type TraceAnalysisRequest,
} from '../traces';
import { rankOrder } from '../shared/rankOrder';
import { Durations } from './Durations';
import type { LatencyAnalysis, LatencyPoint } from './model';
import type { SampledStatistics } from './sampleStatistics';
import type { TableSample } from './TableSample';

/** A point of which nothing is known. */
const NOTHING = {
  count: 0,
  errorCount: 0,
  p50Us: null,
  p95Us: null,
  p99Us: null,
};

interface SeriesOptions {
  request: TraceAnalysisRequest;
  sample?: TableSample;
  /** All requests, which tell how much they come in bursts. */
  overall: Durations;
}

/** Requests by the slice of the window in which they start. */
class Series {
  readonly #slices: Durations[];
  readonly #stepMs: number;

  constructor(readonly request: TraceAnalysisRequest, create: () => Durations) {
    const count = Math.max(1, Math.floor(request.slices));
    const windowMs = Math.max(0, request.endTimeMs - request.startTimeMs);
    this.#stepMs = windowMs / count;
    this.#slices = Array.from({ length: count }, create);
  }

  at(startMs: number): Durations | undefined {
    const sinceStart = startMs - this.request.startTimeMs;
    const slice = Math.floor(sinceStart / this.#stepMs);
    const atEnd = startMs === this.request.endTimeMs;
    return this.#slices[atEnd ? this.#slices.length - 1 : slice];
  }

  result(
    pointOf: (slice: Durations, index: number) => Omit<LatencyPoint, 'startMs'>,
  ): LatencyAnalysis['series'] {
    const points = this.#slices.map((slice, index) => ({
      startMs: this.request.startTimeMs + index * this.#stepMs,
      ...pointOf(slice, index),
    }));
    return { stepMs: this.#stepMs, points };
  }
}

/** Latency over time, of spans that stand for one request each. */
export function collectSeries(
  table: SpanTable,
  requests: number[],
  { request, sample, overall }: SeriesOptions,
): LatencyAnalysis['series'] {
  const least =
    sample && (overall.sampled()?.dispersion ?? { count: 1, share: 1 });
  const design = least && sample.sliceDesign(least);
  const series = new Series(request, () => new Durations(design));
  // Where all traces were read the durations are not kept with their traces.
  const readTraces =
    request.strata && !sample ? new Map<Durations, Requests>() : undefined;
  const traceOf = traceOfSpan(table);
  for (const span of requests) {
    const isError = ((table.flags[span] as number) & SPAN_FLAGS.error) !== 0;
    const startUs =
      (table.traceStartUs[traceOf(span)] as number) +
      (table.starts[span] as number);
    const duration = table.durations[span] as number;
    const slice = series.at(startUs / 1000);
    slice?.add(
      duration,
      isError,
      0,
      sample ? (sample.traceOf[span] as number) : 0,
    );
    if (slice && readTraces) {
      const kept = readTraces.get(slice) ?? { durationsUs: [], traces: [] };
      kept.durationsUs.push(duration);
      kept.traces.push(traceOf(span));
      readTraces.set(slice, kept);
    }
  }
  return series.result((slice, index) => {
    if (sample?.isSliceRead[index] === false) {
      return { ...NOTHING, isUnread: true };
    }
    const sampled = slice.sampled();
    const statistics = sampled ?? slice.statistics();
    return {
      count: slice.count,
      errorCount: slice.errorCount,
      p50Us: statistics?.p50Us ?? null,
      p95Us: statistics?.p95Us ?? null,
      p99Us: statistics?.p99Us ?? null,
      ...(sampled ? sampledPoint(table, sampled) : {}),
      ...exemplarsOf(table, readTraces?.get(slice)),
    };
  });
}

function sampledPoint(
  { traceIds }: SpanTable,
  { estimate, exemplars }: SampledStatistics,
): Pick<LatencyPoint, 'estimate' | 'exemplars'> {
  return {
    estimate,
    exemplars: {
      p50: traceIds[exemplars.p50],
      p95: traceIds[exemplars.p95],
      p99: traceIds[exemplars.p99],
    },
  };
}

interface Requests {
  durationsUs: number[];
  /** Indices of their traces. */
  traces: number[];
}

function exemplarsOf(
  { traceIds }: SpanTable,
  requests: Requests | undefined,
): Pick<LatencyPoint, 'exemplars'> {
  if (!requests) {
    return {};
  }
  const order = rankOrder(requests.durationsUs);
  const traceAt = (q: number) => {
    const place = order[Math.round(q * (order.length - 1))] as number;
    return traceIds[requests.traces[place] as number];
  };
  return {
    exemplars: { p50: traceAt(0.5), p95: traceAt(0.95), p99: traceAt(0.99) },
  };
}

/** Index of the trace of a span; for spans in ascending order. */
function traceOfSpan(table: SpanTable): (span: number) => number {
  let trace = 0;
  return span => {
    while ((table.traceFirst[trace + 1] as number) <= span) {
      trace += 1;
    }
    return trace;
  };
}
