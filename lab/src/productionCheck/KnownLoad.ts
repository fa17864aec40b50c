import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../checks/Random';
import { meshWorkloads } from '../kubernetes/meshWorkloads';
import type { LabLayout } from '../layout/LabLayout';
import { PageMaker } from '../traffic/otlp/PageMaker';
import type { MadeSpan } from '../traffic/otlp/MadeSpan';
import { SpanSender } from '../traffic/otlp/SpanSender';

/** How fast and by how many at a time. */
export interface LoadPace {
  tracesPerSecond: number;
  tracesPerBatch: number;
  /** Batches that may be under way at once; 1 when absent. */
  atOnce?: number;
}

/** What a load has brought to the collectors. */
export interface LoadResult {
  /** Spans of each trace that a collector acknowledged. */
  acknowledged: Map<string, MadeSpan[]>;
  /** Batches that were refused or not answered, and sent again. */
  refused: number;
  slowestMs: number;
  seconds: number;
}

/** Times and shares of a page in which nothing goes wrong on purpose. */
const ORDINARY = {
  ratingsSlowdown: 1,
  ratingsFailures: 0.2,
  secondVersion: 0.5,
};

/** Pages whose traces are all known, by the time at which they begin. */
export function makePages(
  layout: LabLayout,
  seed: number,
  startsMs: number[],
): MadeSpan[][] {
  const maker = PageMaker.create(Random.of(seed), meshWorkloads(layout));
  return startsMs.map(startMs => maker.page({ ...ORDINARY, startMs }));
}

/** Spans that are sent batch by batch to the collectors in turn, until ended. */
export class KnownLoad {
  readonly #sender: SpanSender;
  readonly #pace: LoadPace;
  readonly #maker: PageMaker;
  readonly #acknowledged = new Map<string, MadeSpan[]>();
  readonly #startMs = Date.now();
  #ended = false;
  #run: Promise<void> = Promise.resolve();

  static start(
    collectors: string[],
    layout: LabLayout,
    pace: LoadPace,
  ): KnownLoad {
    const load = new KnownLoad(collectors, layout, pace);
    const { atOnce = 1 } = pace;
    load.#run = Promise.all(
      Array.from({ length: atOnce }, () => load.#send(atOnce)),
    ).then(() => undefined);
    // Told by whoever ends the load.
    load.#run.catch(() => undefined);
    return load;
  }

  private constructor(collectors: string[], layout: LabLayout, pace: LoadPace) {
    this.#sender = SpanSender.create(collectors);
    this.#pace = pace;
    // Never the same ids twice, however many loads a check has.
    this.#maker = PageMaker.create(
      Random.of(Date.now(), process.pid, performance.now() * 1000),
      meshWorkloads(layout),
    );
  }

  /** Waits for the batch under way and tells what came in. */
  async end(): Promise<LoadResult> {
    this.#ended = true;
    await this.#run;
    return {
      acknowledged: this.#acknowledged,
      refused: this.#sender.refused,
      slowestMs: this.#sender.slowestMs,
      seconds: (Date.now() - this.#startMs) / 1000,
    };
  }

  /** @param senders - that share the rate */
  async #send(senders: number): Promise<void> {
    const { tracesPerSecond, tracesPerBatch } = this.#pace;
    let dueMs = Date.now();
    while (!this.#ended) {
      const startMs = Date.now();
      const pages = Array.from({ length: tracesPerBatch }, () =>
        this.#maker.page({ ...ORDINARY, startMs }),
      );
      await this.#sender.send(pages.flat());
      for (const spans of pages) {
        this.#acknowledged.set(spans[0]?.traceId ?? '', spans);
      }
      // After an outage the load goes on at its rate and does not catch up.
      dueMs = Math.max(
        dueMs + (1000 * tracesPerBatch * senders) / tracesPerSecond,
        Date.now() - 1000,
      );
      await delay(Math.max(0, dueMs - Date.now()));
    }
  }
}
