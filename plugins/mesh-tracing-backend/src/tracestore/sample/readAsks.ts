import type {
  SampleAsk,
  TraceFilter,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceReadOptions,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import pLimit from 'p-limit';
import { readTracesIn } from './readTracesIn';
import type { SampleReads } from './SampleReads';
import { spreadOut } from './spreadOut';

/** Requests of one sample that are under way or wait for a connection. */
const AT_ONCE = 24;
/** The same of a store whose traces are read one by one. */
const PLAIN_AT_ONCE = 2;
/** So many in a row are no accident: the store is not asked for the rest. */
const MOST_FAILURES_IN_A_ROW = 4;

/** What the asks of one round share. */
export interface AskedRound {
  store: TraceStore;
  filter: TraceFilter;
  reads: SampleReads;
  /** Bytes that may still be read when the round begins. */
  bytes: number;
  /** No ask begins after this; milliseconds since the epoch. */
  untilMs: number;
  now(): number;
}

/** What is left for the asks of a round that have not begun. */
class RoundBudget {
  readonly #round: AskedRound;
  readonly #endAtBytes: number;
  #limitsLeft: number;
  /** To asks that are under way. */
  #promisedBytes = 0;
  #failuresInARow = 0;

  constructor(round: AskedRound, asks: readonly SampleAsk[]) {
    this.#round = round;
    this.#endAtBytes = round.reads.byteCount + round.bytes;
    this.#limitsLeft = asks.reduce((sum, { limit }) => sum + limit, 0);
  }

  isOver(): boolean {
    const { untilMs, now } = this.#round;
    return (
      this.#bytesLeft() <= 0 ||
      this.#failuresInARow >= MOST_FAILURES_IN_A_ROW ||
      now() >= untilMs
    );
  }

  /** Takes an ask's share of what is left; undefined when that is nothing. */
  take({ limit }: SampleAsk): { limit: number; maxBytes: number } | undefined {
    const free = this.#bytesLeft() - this.#promisedBytes;
    const maxBytes = (free * limit) / this.#limitsLeft;
    this.#limitsLeft -= limit;
    if (this.isOver() || maxBytes <= 0) {
      return undefined;
    }
    this.#promisedBytes += maxBytes;
    const { bytesPerTrace } = this.#round.reads;
    const fitting = bytesPerTrace
      ? Math.max(1, Math.floor(maxBytes / bytesPerTrace))
      : limit;
    return { limit: Math.min(limit, fitting), maxBytes };
  }

  /** Takes back what an ask was promised: what it brought is among the reads. */
  settle(promisedBytes: number, isAnswered: boolean): void {
    this.#promisedBytes -= promisedBytes;
    this.#failuresInARow = isAnswered ? 0 : this.#failuresInARow + 1;
  }

  #bytesLeft(): number {
    return this.#endAtBytes - this.#round.reads.byteCount;
  }
}

/**
 * Reads the asks of one round, some at once. What comes is weighed while the round
 * runs: large traces make the asks that have not begun smaller, and end the round
 * once nothing is left of the budget. What was read by then lies all over the window:
 * of a slow store one half of the chart would be empty otherwise.
 *
 * @returns whether it makes sense to ask for more
 * @throws the reason of the signal when it is aborted
 */
export async function readAsks(
  asks: readonly SampleAsk[],
  round: AskedRound,
  options: TraceReadOptions,
): Promise<boolean> {
  const { store, filter, reads } = round;
  const atOnce = store.read
    ? Math.floor(AT_ONCE / Math.max(1, filter.services.length))
    : PLAIN_AT_ONCE;
  const inLine = pLimit(Math.max(1, atOnce));
  const budget = new RoundBudget(round, asks);
  await Promise.all(
    spreadOut(asks).map(ask =>
      inLine(async () => {
        options.signal?.throwIfAborted();
        const share = budget.take(ask);
        if (!share) {
          return;
        }
        const { startTimeMs, endTimeMs } = ask;
        const { limit, maxBytes } = share;
        const query = { ...filter, startTimeMs, endTimeMs, limit };
        try {
          const read = await readTracesIn(store, query, {
            ...options,
            maxBytes,
          });
          reads.add(ask, read);
          budget.settle(maxBytes, true);
        } catch (error) {
          options.signal?.throwIfAborted();
          reads.addFailure(ask, asError(error));
          budget.settle(maxBytes, false);
        }
      }),
    ),
  );
  return !budget.isOver();
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
