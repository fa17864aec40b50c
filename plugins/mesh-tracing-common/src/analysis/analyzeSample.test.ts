import { analyzeTraces } from './analyzeTraces';
import { compareLatency, type LatencyStatistics } from '../latency';
import {
  type SampleStratum,
  SeededRandom,
  type Trace,
  type TraceAnalysisRequest,
} from '../traces';
import { sketchTrace } from '../testing/traces/spans';

const START_MS = 1_700_000_000_000;
const SLICE_MS = 60_000;
const SLICES = 20;
const END_MS = START_MS + SLICES * SLICE_MS;

function request(strata?: SampleStratum[]): TraceAnalysisRequest {
  return {
    subject: { services: ['shop'], workloads: [] },
    startTimeMs: START_MS,
    endTimeMs: END_MS,
    slices: SLICES,
    withSpanFigures: true,
    ...(strata ? { strata } : {}),
  };
}

/** The gateway calls the shop, 100 µs later, which calls its store. */
function traceAt(ms: number, durationUs: number, isFailed = false): Trace {
  const trace = sketchTrace([
    {
      id: 'a',
      kind: 'client',
      start: 0,
      duration: durationUs + 200,
      service: 'gateway',
    },
    {
      id: 'b',
      parent: 'a',
      kind: 'server',
      start: 100,
      duration: durationUs,
      service: 'shop',
      status: isFailed ? 'error' : 'unset',
    },
    {
      id: 'c',
      parent: 'b',
      kind: 'server',
      start: 110,
      duration: durationUs / 2,
      service: 'store',
    },
  ]);
  return {
    ...trace,
    traceId: Math.round(ms * 1_000)
      .toString(16)
      .padStart(32, '0'),
    startTimeUs: Math.round(ms * 1_000),
  };
}

/** Slower in the second half; the busier, the later. */
function hour(): Trace[] {
  const random = new SeededRandom(5);
  return Array.from({ length: 8_000 }, () => {
    const share = Math.sqrt(random.next());
    const ms = START_MS + share * (END_MS - START_MS - 1);
    const slowness = share > 0.5 ? 2 : 1;
    const duration = Math.round(1_000 * slowness * (1 + random.next()));
    return traceAt(ms, duration, random.next() < 0.05);
  });
}

const slicesRead = (readShare: number): SampleStratum[] =>
  Array.from({ length: SLICES }, (_, slice) => {
    const startTimeMs = START_MS + slice * SLICE_MS;
    const from =
      startTimeMs + ((slice * 7) % 5) * 0.15 * SLICE_MS * (1 - readShare);
    return {
      startTimeMs,
      endTimeMs: startTimeMs + SLICE_MS,
      read: [{ startTimeMs: from, endTimeMs: from + readShare * SLICE_MS }],
    };
  });

const shopStartMs = (trace: Trace) => (trace.startTimeUs + 100) / 1_000;

function readOf(traces: Trace[], strata: SampleStratum[]): Trace[] {
  const reads = strata.flatMap(({ read }) => read);
  return traces.filter(trace =>
    reads.some(
      read =>
        shopStartMs(trace) >= read.startTimeMs &&
        shopStartMs(trace) < read.endTimeMs,
    ),
  );
}

describe('figures of a sampled window', () => {
  const all = hour();
  const strata = slicesRead(0.2);
  const truth = analyzeTraces(all, request());
  const sampled = analyzeTraces(readOf(all, strata), request(strata));

  it('are those of all traces where every slice was read whole', () => {
    const whole = analyzeTraces(all, request(slicesRead(1)));
    const { sample, latency, ...rest } = whole;
    const { latency: expected, ...others } = truth;
    expect(rest).toEqual(others);
    expect(sample).toMatchObject({ isExact: true, estimatedTraceCount: 8_000 });
    const withoutExemplars = latency.series.points.map(
      ({ exemplars, ...point }) => point,
    );
    expect({
      ...latency,
      series: { ...latency.series, points: withoutExemplars },
    }).toEqual(expected);
  });

  it('are of all that the read traces stand for, within their bounds', () => {
    const told = sampled.latency.overall as LatencyStatistics;
    const all8000 = truth.latency.overall as LatencyStatistics;
    const { estimate } = told;
    expect(estimate?.sampleCount).toBe(sampled.sample?.readTraceCount);
    expect(told.count).toBeGreaterThan(4 * (estimate?.sampleCount ?? NaN));
    expect(estimate?.count.low).toBeLessThanOrEqual(all8000.count);
    expect(estimate?.count.high).toBeGreaterThanOrEqual(all8000.count);
    for (const figure of ['p50Us', 'p95Us'] as const) {
      const bounds = estimate?.[figure];
      expect(bounds?.low).toBeLessThanOrEqual(all8000[figure]);
      expect(bounds?.high).toBeGreaterThanOrEqual(all8000[figure]);
    }
  });

  it('carry weights to operations, calls, paths, errors and spans alike', () => {
    const count = sampled.latency.overall?.count ?? NaN;
    const [operation] = sampled.latency.operations;
    expect(operation?.count).toBe(count);
    const edge = sampled.dependencies.edges.find(
      ({ callCount }) => callCount > 0,
    );
    expect(edge?.callCount).toBe(count);
    expect(edge?.estimate?.count.low).toBeLessThan(count);
    const [neighbour] = sampled.dependencies.neighbours;
    expect(neighbour?.callCount).toBe(count);
    expect(neighbour?.parts[0]?.callCount).toBe(count);
    expect(sampled.latency.peers[0]?.count).toBe(count);
    expect(sampled.traceCount).toBe(count);
    expect(sampled.spanCount / count).toBeCloseTo(3, 2);
    expect(sampled.spanFigures?.services[0]?.count).toBe(count);
    expect(sampled.errorSpanCount).toBe(sampled.latency.overall?.errorCount);
    const [path] = sampled.criticalPath;
    expect(path?.traceCount).toBe(count);
    const sumUs = truth.criticalPath.reduce((sum, one) => sum + one.selfUs, 0);
    const share = (truth.criticalPath[0]?.selfUs ?? NaN) / sumUs;
    expect(path?.shareBounds?.low).toBeLessThanOrEqual(share + 0.001);
    expect(path?.shareBounds?.high).toBeGreaterThanOrEqual(share - 0.001);
  });

  it('do not count a trace that began outside of what was read', () => {
    const [first] = strata;
    const outsideMs = (first?.read[0]?.endTimeMs ?? NaN) + 1_000;
    const more = [...readOf(all, strata), traceAt(outsideMs, 9_000_000)];
    const { latency, traceCount } = analyzeTraces(more, request(strata));
    expect(traceCount).toBe(sampled.traceCount);
    expect(latency.overall?.maxUs).toBe(sampled.latency.overall?.maxUs);
  });

  it('say of a slice that was not read that nothing is known of it', () => {
    const gap = strata.map((stratum, slice) =>
      slice === 3 ? { ...stratum, read: [] } : stratum,
    );
    const { latency, sample } = analyzeTraces(readOf(all, gap), request(gap));
    expect(latency.series.points[3]).toEqual({
      startMs: START_MS + 3 * SLICE_MS,
      count: 0,
      errorCount: 0,
      p50Us: null,
      p95Us: null,
      p99Us: null,
      isUnread: true,
    });
    expect(sample?.unreadSliceCount).toBe(1);
  });

  it('name for each point a read trace of its slice at each percentile', () => {
    const ids = new Map(all.map(trace => [trace.traceId, trace]));
    const { points } = sampled.latency.series;
    expect(points.filter(({ count }) => count > 0).length).toBeGreaterThan(15);
    points.forEach(point => {
      expect(point.exemplars !== undefined).toBe(point.count > 0);
    });
    const told = [...points.entries()].filter(([, { count }]) => count > 0);
    told.forEach(([slice, point]) => {
      const trace = ids.get(point.exemplars?.p50 ?? '');
      const startMs = trace ? shopStartMs(trace) : NaN;
      expect(Math.floor((startMs - START_MS) / SLICE_MS)).toBe(slice);
      const durationUs = trace?.spans[1]?.durationUs ?? NaN;
      expect(Math.abs(durationUs / (point.p50Us ?? NaN) - 1)).toBeLessThan(0.2);
    });
  });
});

describe('the comparison of sampled windows', () => {
  const few = slicesRead(0.005);
  const many = slicesRead(0.2);
  const times = hour().map(shopStartMs);
  const window = (slowness: number, strata: SampleStratum[]) => {
    const random = new SeededRandom(9);
    const traces = times.map(ms =>
      traceAt(ms, Math.round(1_000 * slowness * (1 + 3 * random.next() ** 2))),
    );
    return analyzeTraces(readOf(traces, strata), request(strata)).latency
      .overall as LatencyStatistics;
  };

  it('calls a window slower only where the bounds leave no doubt', () => {
    const sure = compareLatency(window(1, many), window(1.4, many));
    expect(sure.verdict).toBe('slower');
    expect(sure.p50RatioBounds?.low).toBeGreaterThan(1);
    const unsure = compareLatency(window(1, few), window(1.25, few));
    expect(unsure.verdict).toBe('too few requests');
  });
});
