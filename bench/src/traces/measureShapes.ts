import { performance } from 'node:perf_hooks';
import {
  buildTraceTree,
  criticalPath,
  findTraceInsights,
  selfTimes,
  type Span,
  type Trace,
} from 'backstage-plugin-mesh-tracing-common';
import type { BenchRow } from '../BenchRow';

const SIZES = [25_000, 50_000, 100_000] as const;
const ROUNDS = 3;
/**
 * What four times as many spans may take. n log n is 4.5, and more where the
 * spans no longer fit into the processor's caches; comparing all with all is 16.
 */
const NEAR_LINEAR = 10;

interface Shape {
  name: string;
  /** Index of the parent, or -1. */
  parentOf: (index: number) => number;
  /** Microseconds; the n-th span starts at n. */
  durationOf: (index: number, count: number) => number;
}

const SHAPES: Shape[] = [
  {
    name: '5,000 sequential children each',
    parentOf: i => (i === 0 ? -1 : Math.floor((i - 1) / 5_000)),
    durationOf: (i, count) => (i <= (count - 1) / 5_000 ? count * 2 : 1),
  },
  {
    name: 'depth 10,000',
    parentOf: i => (i < 10_000 ? i - 1 : i % 10_000),
    durationOf: (i, count) => (i === 0 ? count * 2 : Math.max(1, count - i)),
  },
  {
    name: 'all sequential children of one',
    parentOf: i => (i === 0 ? -1 : 0),
    durationOf: (i, count) => (i === 0 ? count * 2 : 1),
  },
];

function idOf(index: number): string {
  return (index + 1).toString(16).padStart(16, '0');
}

function syntheticTrace(count: number, { parentOf, durationOf }: Shape): Trace {
  const spans = Array.from({ length: count }, (_, i): Span => {
    const parent = parentOf(i);
    return {
      spanId: idOf(i),
      ...(parent >= 0 ? { parentSpanId: idOf(parent) } : {}),
      service: 'service',
      operation: 'operation',
      kind: 'internal',
      status: 'unset',
      offsetUs: i,
      durationUs: durationOf(i, count),
      attributes: {},
      resource: {},
      events: [],
      links: [],
      warnings: [],
    };
  });
  return {
    traceId: '1'.repeat(32),
    startTimeUs: 1,
    durationUs: count * 2,
    spans,
    warnings: [],
  };
}

/** The best of some rounds: what else the machine did does not count. */
function bestTime(work: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...times);
}

function analyse(trace: Trace): void {
  buildTraceTree(trace);
  selfTimes(trace);
  criticalPath(trace);
}

/** One large trace in shapes that break what recurses or compares all with all. */
export function measureShapes(): BenchRow[] {
  return SHAPES.flatMap(shape => {
    const times = SIZES.map(size => {
      const trace = syntheticTrace(size, shape);
      return {
        size,
        analysisMs: bestTime(() => analyse(trace)),
        insightsMs: bestTime(() => findTraceInsights(trace)),
      };
    });
    const first = times[0]?.analysisMs ?? NaN;
    const last = times[times.length - 1];
    return [
      ...times.map(
        ({ size, analysisMs }): BenchRow => ({
          name: `one trace of ${size.toLocaleString('en')} spans, ${
            shape.name
          }: tree, self times, critical path`,
          value: analysisMs,
          unit: 'ms',
          ...(size === 100_000 ? { limit: 1_000 } : {}),
        }),
      ),
      {
        name: `${shape.name}: growth from 25,000 to 100,000 spans`,
        value: (last?.analysisMs ?? NaN) / first,
        unit: 'x',
        limit: NEAR_LINEAR,
      },
      {
        name: `one trace of 100,000 spans, ${shape.name}: insights`,
        value: last?.insightsMs ?? NaN,
        unit: 'ms',
        limit: 2_000,
      },
    ];
  });
}
