import { readFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { traceJsonPieces, type PooledTraceReader } from '../backendInternals';
import type { BenchRow } from '../BenchRow';
import { writeBodyFile } from './traceBody';

const SPANS = 100_000;
const TRACE_ID = '00000001'.repeat(4);

/** One trace of 100,000 spans, from the store's bytes to those for the browser. */
export async function measureLargeTrace(
  reader: PooledTraceReader,
  directory: string,
): Promise<BenchRow[]> {
  const file = path.join(directory, 'large.json');
  writeBodyFile('otlp', { traces: 1, spansPerTrace: SPANS }, file);
  const body = new Uint8Array(readFileSync(file));
  await nextTurn();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const started = performance.now();
  delay.enable();
  const trace = await reader.trace({ body, format: 'otlp', traceId: TRACE_ID });
  const readMs = performance.now() - started;
  const readP99 = delay.percentile(99) / 1e6;
  if (trace?.spans.length !== SPANS) {
    throw new Error(`Only ${trace?.spans.length} spans were read`);
  }
  const { insights, ...bare } = trace;
  let length = 0;
  for await (const piece of traceJsonPieces({
    entityRef: 'component:default/bench',
    store: 'bench',
    trace: bare,
    entitySpanIds: [],
    insights,
  })) {
    length += piece.length;
  }
  delay.disable();
  const label = `one trace of 100,000 spans, ${Math.round(
    length / 1024 / 1024,
  )} MiB of JSON`;
  return [
    { name: `${label}: read in a worker`, value: readMs, unit: 'ms' },
    {
      name: `${label}: written in pieces`,
      value: performance.now() - started - readMs,
      unit: 'ms',
    },
    {
      name: `${label}: event-loop delay p99 while reading`,
      value: readP99,
      unit: 'ms',
      limit: 20,
    },
    {
      name: `${label}: event-loop delay p99, reading and writing`,
      value: delay.percentile(99) / 1e6,
      unit: 'ms',
      limit: 20,
    },
    {
      name: `${label}: longest event-loop delay`,
      value: delay.max / 1e6,
      unit: 'ms',
    },
  ];
}
