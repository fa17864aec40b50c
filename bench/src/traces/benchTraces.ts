import {
  closeSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  TraceAnalysis,
  TraceAnalysisRequest,
} from 'backstage-plugin-mesh-tracing-common';
import { PooledTraceReader, type JaegerTraceStore } from '../backendInternals';
import type { BenchRow } from '../BenchRow';
import { measureLargeAnswer } from './measureLargeAnswer';
import { measureLargeTrace } from './measureLargeTrace';
import { measurePython } from './measurePython';
import { writeBodyFile, type BodyForm } from './traceBody';
import { measureShapes } from './measureShapes';

const SIZE = { traces: 100, spansPerTrace: 1_000 };
const ROUNDS = 5;
const MIB = 1024 * 1024;

const SERVICE = 'service-1.shop';
const request: TraceAnalysisRequest = {
  subject: {
    services: [SERVICE],
    workloads: [
      { namespace: 'shop', name: 'service-1-v1', canonicalName: 'service-1' },
    ],
  },
  startTimeMs: 1_790_000_000_000,
  endTimeMs: 1_790_000_200_000,
  slices: 60,
};
const filter = { services: [], startTimeMs: 0, endTimeMs: 4e12 };

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

async function throughWorkers(
  reader: PooledTraceReader,
  body: Uint8Array<ArrayBuffer>,
  format: BodyForm,
): Promise<{ ms: number; analysis: TraceAnalysis }> {
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
  return { ms: performance.now() - started, analysis };
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

function readBody(file: string): Uint8Array<ArrayBuffer> {
  const { size } = statSync(file);
  const body = new Uint8Array(size);
  const descriptor = openSync(file, 'r');
  for (let at = 0; at < size; ) {
    at += readSync(descriptor, body, at, size - at, null);
  }
  closeSync(descriptor);
  return body;
}

interface Measured {
  form: BodyForm;
  bodyBytes: number;
  medianMs: number;
  peakBytes: number;
  delayP99Ms: number;
  analysis: TraceAnalysis;
}

/** Before anything else fills the memory; bodies come from another process. */
async function measureOurs(
  reader: PooledTraceReader,
  form: BodyForm,
  file: string,
  idleBytes: number,
): Promise<Measured> {
  let peak = idleBytes;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  const times: number[] = [];
  const delays: number[] = [];
  let bodyBytes = 0;
  let analysis: TraceAnalysis | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const body = readBody(file);
    bodyBytes = body.length;
    await nextTurn();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const result = await throughWorkers(reader, body, form);
    delay.disable();
    times.push(result.ms);
    analysis = result.analysis;
    delays.push(delay.percentile(99) / 1e6);
  }
  clearInterval(sampler);
  if (!analysis) {
    throw new Error('Nothing was measured');
  }
  return {
    form,
    analysis,
    bodyBytes,
    medianMs: median(times),
    peakBytes: peak - idleBytes,
    delayP99Ms: Math.max(...delays),
  };
}

function rowsOf(ours: Measured, parseMs: number): BenchRow[] {
  const label = `${ours.form}, ${Math.round(ours.bodyBytes / MIB)} MiB`;
  return [
    { name: `${label}: JSON.parse alone`, value: parseMs, unit: 'ms' },
    { name: `${label}: bytes to results`, value: ours.medianMs, unit: 'ms' },
    {
      name: `${label}: bytes to results / JSON.parse`,
      value: ours.medianMs / parseMs,
      unit: 'x',
      limit: 1.5,
    },
    {
      name: `${label}: peak memory, body included / body`,
      value: ours.peakBytes / ours.bodyBytes,
      unit: 'x',
      limit: 3,
    },
    {
      name: `${label}: event-loop delay p99, worst round`,
      value: ours.delayP99Ms,
      unit: 'ms',
      limit: 20,
    },
  ];
}

async function measureForms(
  reader: PooledTraceReader,
  directory: string,
): Promise<BenchRow[]> {
  const forms: BodyForm[] = ['jaeger', 'otlp'];
  const files = forms.map(form => path.join(directory, `${form}.json`));
  forms.forEach((form, i) => writeBodyFile(form, SIZE, files[i] ?? ''));
  const idleBytes = process.memoryUsage().rss;
  const measured: Measured[] = [];
  for (const [i, form] of forms.entries()) {
    measured.push(await measureOurs(reader, form, files[i] ?? '', idleBytes));
  }
  const rows = measured.flatMap((ours, i) => {
    const body = readBody(files[i] ?? '');
    const times = Array.from({ length: ROUNDS }, () => parseTime(body));
    return rowsOf(ours, median(times));
  });
  const [jaeger] = measured;
  return [
    ...rows,
    ...(jaeger
      ? measurePython(files[0] ?? '', { ...jaeger, service: SERVICE })
      : []),
  ];
}

/** Measures the trace engine; one row a figure. */
export async function benchTraces(): Promise<BenchRow[]> {
  const logger: Parameters<typeof JaegerTraceStore.create>[1] = {
    error: (message: string) => process.stderr.write(`${message}\n`),
    warn: () => {},
    info: () => {},
    debug: () => {},
    child: () => logger,
  };
  const reader = PooledTraceReader.create({ logger });
  const directory = mkdtempSync(path.join(tmpdir(), 'mesh-tracing-bench-'));
  try {
    return [
      ...(await measureForms(reader, directory)),
      ...(await measureLargeTrace(reader, directory)),
      ...(await measureLargeAnswer(logger)),
      ...measureShapes(),
    ];
  } finally {
    rmSync(directory, { recursive: true });
    await reader.stop();
  }
}
