import { readFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  shownParts,
  traceJsonLines,
  type PooledTraceReader,
} from '../backendInternals';
import type { BenchRow } from '../BenchRow';
import { writeBodyFile, type BodyForm } from './traceBody';

const SPANS = 100_000;
const TRACE_ID = '00000001'.repeat(4);
const ROUNDS = 3;
const MIB = 1024 * 1024;

interface Round {
  headMs: number;
  firstSpansMs: number;
  readMs: number;
  writtenMs: number;
  jsonBytes: number;
  delayP99Ms: number;
  delayMaxMs: number;
  peakBytes: number;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function readBody(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(file));
}

/** From the store's bytes to those for the browser. */
async function measureRound(
  reader: PooledTraceReader,
  format: BodyForm,
  file: string,
  idleBytes: number,
): Promise<Round> {
  const body = readBody(file);
  await nextTurn();
  let peak = idleBytes;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const started = performance.now();
  const since = () => performance.now() - started;
  delay.enable();
  const reading = await reader.trace({ body, format, traceId: TRACE_ID });
  const headMs = since();
  if (reading?.head.spanCount !== SPANS) {
    throw new Error(`Only ${reading?.head.spanCount} spans were read`);
  }
  await reading.rows()[Symbol.asyncIterator]().next();
  const firstSpansMs = since();
  await reading.insights();
  const readMs = since();
  let jsonBytes = 0;
  const { head } = reading;
  const isOwn = new Uint8Array(head.senders.length);
  for await (const piece of traceJsonLines({
    entityRef: 'component:default/bench',
    store: 'bench',
    traceUrl: undefined,
    cut: undefined,
    head,
    parts: () => shownParts({ reading, isOwn, withheld: undefined }),
  })) {
    jsonBytes += piece.length;
  }
  delay.disable();
  clearInterval(sampler);
  return {
    headMs,
    firstSpansMs,
    readMs,
    writtenMs: since() - readMs,
    jsonBytes,
    delayP99Ms: delay.percentile(99) / 1e6,
    delayMaxMs: delay.max / 1e6,
    peakBytes: peak - idleBytes,
  };
}

function parseMs(file: string): number {
  const body = readBody(file);
  const started = performance.now();
  JSON.parse(Buffer.from(body.buffer).toString('utf8'));
  return performance.now() - started;
}

async function measureForm(
  reader: PooledTraceReader,
  form: BodyForm,
  file: string,
  idleBytes: number,
): Promise<BenchRow[]> {
  writeBodyFile(form, { traces: 1, spansPerTrace: SPANS }, file);
  const rounds: Round[] = [];
  const parses: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(await measureRound(reader, form, file, idleBytes));
    parses.push(parseMs(file));
  }
  return rowsOf(form, rounds, {
    parse: median(parses),
    bodyBytes: readFileSync(file).length,
  });
}

function rowsOf(
  form: BodyForm,
  rounds: Round[],
  { parse, bodyBytes }: { parse: number; bodyBytes: number },
): BenchRow[] {
  const of = (figure: keyof Round) => median(rounds.map(each => each[figure]));
  const label = `${form}, one trace of 100,000 spans, ${Math.round(
    bodyBytes / MIB,
  )} MiB`;
  return [
    { name: `${label}: JSON.parse alone`, value: parse, unit: 'ms' },
    { name: `${label}: first spans`, value: of('firstSpansMs'), unit: 'ms' },
    {
      name: `${label}: first spans / JSON.parse`,
      value: of('firstSpansMs') / parse,
      unit: 'x',
      limit: 1.2,
    },
    { name: `${label}: read in a worker`, value: of('readMs'), unit: 'ms' },
    {
      name: `${label}: read in a worker / JSON.parse`,
      value: of('readMs') / parse,
      unit: 'x',
      limit: 1.5,
    },
    {
      name: `${label}: written for the browser, ${Math.round(
        of('jsonBytes') / MIB,
      )} MiB`,
      value: of('writtenMs'),
      unit: 'ms',
    },
    {
      name: `${label}: peak memory, body included / body`,
      value: Math.max(...rounds.map(each => each.peakBytes)) / bodyBytes,
      unit: 'x',
      limit: 4,
    },
    {
      name: `${label}: event-loop delay p99, worst round`,
      value: Math.max(...rounds.map(each => each.delayP99Ms)),
      unit: 'ms',
      limit: 20,
    },
    {
      name: `${label}: longest event-loop delay`,
      value: of('delayMaxMs'),
      unit: 'ms',
    },
  ];
}

/** One trace of 100,000 spans, in either form. */
export async function measureLargeTrace(
  reader: PooledTraceReader,
  directory: string,
): Promise<BenchRow[]> {
  const idleBytes = process.memoryUsage().rss;
  const rows: BenchRow[] = [];
  for (const form of ['otlp', 'jaeger'] as const) {
    const file = path.join(directory, `large-${form}.json`);
    rows.push(...(await measureForm(reader, form, file, idleBytes)));
  }
  return rows;
}
