import { Random } from '../../checks/Random';
import { meshWorkloads } from '../../kubernetes/meshWorkloads';
import type { LabLayout } from '../../layout/LabLayout';
import { PageMaker, type PagePlan } from './PageMaker';
import type { MadeSpan } from './MadeSpan';
import { SpanSender } from './SpanSender';

/** A stretch of the past that is to be filled with pages. */
export interface BackfillOptions {
  layout: LabLayout;
  /** OTLP over HTTP. */
  collectors: string[];
  /** Milliseconds since the epoch. */
  startTimeMs: number;
  endTimeMs: number;
  requestsPerSecond: number;
  /** The same seed makes the same pages. */
  seed: number;
  signal?: AbortSignal;
  /** Told now and then how many pages are in. */
  onProgress?: (pages: number) => void;
}

/** What was written. */
export interface BackfillResult {
  pages: number;
  spans: number;
}

const PAGES_PER_BATCH = 50;
const AT_ONCE = 4;
const MINUTE_MS = 60_000;

/** Ratings gets slow and fails at times from the middle on. */
function planAt(startMs: number, middleMs: number): PagePlan {
  const worse = startMs >= middleMs;
  return {
    startMs,
    ratingsSlowdown: worse ? 4 : 1,
    ratingsFailures: worse ? 0.04 : 0.002,
    secondVersion: 0.75,
  };
}

/**
 * Times of requests: by chance, as independent people send them, with a rate that
 * swells and ebbs by a third over twenty minutes.
 */
export function* arrivals(
  random: Random,
  {
    startTimeMs,
    endTimeMs,
    requestsPerSecond,
  }: Pick<BackfillOptions, 'startTimeMs' | 'endTimeMs' | 'requestsPerSecond'>,
): Generator<number> {
  let atMs = startTimeMs;
  for (;;) {
    const phase = ((atMs - startTimeMs) / (20 * MINUTE_MS)) * 2 * Math.PI;
    const perMs = (requestsPerSecond / 1000) * (1 + Math.sin(phase) / 3);
    atMs += -Math.log(1 - random.next()) / perMs;
    if (atMs >= endTimeMs) return;
    yield atMs;
  }
}

function* batches(options: BackfillOptions): Generator<MadeSpan[][]> {
  const random = Random.of(options.seed);
  const maker = PageMaker.create(random, meshWorkloads(options.layout));
  const middleMs = (options.startTimeMs + options.endTimeMs) / 2;
  let batch: MadeSpan[][] = [];
  for (const atMs of arrivals(random, options)) {
    batch.push(maker.page(planAt(atMs, middleMs)));
    if (batch.length === PAGES_PER_BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/**
 * Writes the history of a busy service straight to the collectors: pages of
 * Bookinfo at a steady rate, which become slow in the second half of the time.
 */
export async function backfill(
  options: BackfillOptions,
): Promise<BackfillResult> {
  const sender = SpanSender.create(options.collectors);
  const queue = batches(options);
  const result = { pages: 0, spans: 0 };
  const worker = async () => {
    for (const batch of queue) {
      options.signal?.throwIfAborted();
      const spans = batch.flat();
      await sender.send(spans, options.signal);
      result.pages += batch.length;
      result.spans += spans.length;
      options.onProgress?.(result.pages);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return result;
}
