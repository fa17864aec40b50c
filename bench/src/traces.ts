import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import {
  buildTraceTree,
  criticalPath,
  selfTimes,
  type Span,
  type Trace,
  type TraceAnalysisRequest,
} from 'backstage-plugin-mesh-tracing-common';
import { PooledTraceReader } from 'backstage-plugin-mesh-tracing-backend/src/tracestore/workers/PooledTraceReader';
import { pythonAnalysis } from './tracesPython';
import { traceBody, type BodyForm } from './tracesBodies';

const SIZE = { traces: 100, spansPerTrace: 1_000 };
const ROUNDS = 5;
const MIB = 1024 * 1024;

const request: TraceAnalysisRequest = {
  subject: {
    services: ['service-1.shop'],
    workloads: [
      { namespace: 'shop', name: 'service-1-v1', canonicalName: 'service-1' },
    ],
  },
  startTimeMs: 1_790_000_000_000,
  endTimeMs: 1_790_000_200_000,
  slices: 60,
};
const filter = { services: [], startTimeMs: 0, endTimeMs: 4e12 };

/** One figure with its limit. */
export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  limit?: number;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

async function throughWorkers(
  reader: PooledTraceReader,
  body: Uint8Array<ArrayBuffer>,
  format: BodyForm,
): Promise<number> {
  const started = performance.now();
  const page = await reader.table({
    body,
    format,
    filter,
    filterAttributes: false,
  });
  const tables = page.table ? [page.table] : [];
  const analysis = await reader.analysis({ tables, limit: 1_000, request });
  if (analysis.spanCount !== SIZE.traces * SIZE.spansPerTrace) {
    throw new Error(`Only ${analysis.spanCount} spans were read`);
  }
  return performance.now() - started;
}

function parseTime(body: Uint8Array<ArrayBuffer>): number {
  const started = performance.now();
  const text = Buffer.from(body.buffer).toString('utf8');
  const parsed: unknown = JSON.parse(text);
  const elapsed = performance.now() - started;
  if (typeof parsed !== 'object') {
    throw new Error('The body is not JSON');
  }
  return elapsed;
}

async function measureForm(
  reader: PooledTraceReader,
  form: BodyForm,
): Promise<BenchRow[]> {
  const body = traceBody(form, SIZE);
  const copies = Array.from({ length: ROUNDS }, () => body.slice());
  await throughWorkers(reader, body.slice(), form);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const ours: number[] = [];
  for (const copy of copies) {
    ours.push(await throughWorkers(reader, copy, form));
  }
  delay.disable();
  clearInterval(sampler);
  const theirs = Array.from({ length: ROUNDS }, () => parseTime(body));
  const label = `${form}, ${Math.round(body.length / MIB)} MiB`;
  return [
    { name: `${label}: JSON.parse alone`, value: median(theirs), unit: 'ms' },
    { name: `${label}: bytes to results`, value: median(ours), unit: 'ms' },
    {
      name: `${label}: bytes to results / JSON.parse`,
      value: median(ours) / median(theirs),
      unit: 'x',
      limit: 1.5,
    },
    {
      // The body itself is in memory before the measurement begins.
      name: `${label}: peak memory / body`,
      value: 1 + (peak - before) / body.length,
      unit: 'x',
      limit: 3,
    },
    {
      name: `${label}: event-loop delay p99`,
      value: delay.percentile(99) / 1e6,
      unit: 'ms',
      limit: 20,
    },
  ];
}

function syntheticTrace(parents: (index: number) => number): Trace {
  const count = 100_000;
  const spans = Array.from({ length: count }, (_, i): Span => {
    const parent = parents(i);
    return {
      spanId: (i + 1).toString(16).padStart(16, '0'),
      ...(parent >= 0
        ? { parentSpanId: (parent + 1).toString(16).padStart(16, '0') }
        : {}),
      service: 'service',
      operation: 'operation',
      kind: 'internal',
      status: 'unset',
      offsetUs: i,
      durationUs: parent < 0 ? count * 2 : Math.max(1, count - i),
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

function measureShapes(): BenchRow[] {
  const shapes: Array<[string, (index: number) => number]> = [
    ['5,000 children each', i => (i === 0 ? -1 : Math.floor((i - 1) / 5_000))],
    ['depth 10,000', i => (i < 10_000 ? i - 1 : i % 10_000)],
    ['all children of one', i => (i === 0 ? -1 : 0)],
  ];
  return shapes.map(([name, parents]) => {
    const trace = syntheticTrace(parents);
    const started = performance.now();
    buildTraceTree(trace);
    selfTimes(trace);
    criticalPath(trace);
    return {
      name: `one trace of 100,000 spans, ${name}: tree, self times, critical path`,
      value: performance.now() - started,
      unit: 'ms',
      limit: 1_000,
    };
  });
}

/** The analysis of tracing tutorials in Python, on the same bytes, where Python is. */
function measurePython(): BenchRow[] {
  const directory = mkdtempSync(path.join(tmpdir(), 'mesh-tracing-bench-'));
  try {
    const file = path.join(directory, 'traces.json');
    writeFileSync(file, traceBody('jaeger', SIZE));
    const run = spawnSync('python3', ['-c', pythonAnalysis, file], {
      encoding: 'utf8',
    });
    const seconds = Number(run.stdout?.trim().split('\n').pop());
    return run.status === 0 && seconds > 0
      ? [
          {
            name: 'jaeger: the tutorial script in Python, same bytes',
            value: seconds * 1000,
            unit: 'ms',
          },
        ]
      : [];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Measures the trace engine; one row a figure. */
export async function benchTraces(): Promise<BenchRow[]> {
  const logger = {
    error: (message: string) => process.stderr.write(`${message}\n`),
    warn: () => {},
    info: () => {},
    debug: () => {},
    child: () => logger,
  };
  const reader = PooledTraceReader.create({ logger });
  try {
    return [
      ...(await measureForm(reader, 'jaeger')),
      ...(await measureForm(reader, 'otlp')),
      ...measureShapes(),
      ...measurePython(),
    ];
  } finally {
    await reader.stop();
  }
}
