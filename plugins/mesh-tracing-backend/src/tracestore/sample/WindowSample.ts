import {
  SamplePlanner,
  type SampleAsk,
  type SampleFacts,
  type SampleLevel,
  type SampleStratum,
  type TraceFilter,
} from 'backstage-plugin-mesh-tracing-common';
import {
  FairQueue,
  type TraceReadOptions,
  type TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import { readAsks } from './readAsks';
import {
  ONE_BY_ONE_BUDGETS,
  SAMPLE_BUDGETS,
  type SampleBudget,
} from './sampleBudgets';
import { SampleReads } from './SampleReads';

/** Of the bytes, so that some are left for the rest of the window. */
const FIRST_LOOK_SHARE = 0.3;

const LEVELS: readonly SampleLevel[] = ['quick', 'normal', 'fine'];

/** Whose traces, in which window, cut in how many slices. */
export interface SampledWindow {
  store: TraceStore;
  filter: TraceFilter;
  slices: number;
  /** Whether it is likely to hold more traces than one search brings. */
  isBusy: boolean;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** What a sample knows of its window. */
export interface GrownSample {
  strata: SampleStratum[];
  facts: SampleFacts;
}

/**
 * The sample of one window. Each level goes on from what the ones before have read,
 * and who asks while it grows finds what was read meanwhile.
 */
export class WindowSample {
  readonly reads: SampleReads;
  readonly #window: SampledWindow;
  readonly #turns = FairQueue.create({ total: 1 });
  #grown: GrownSample | undefined;

  static create(window: SampledWindow): WindowSample {
    return new WindowSample(window);
  }

  private constructor(window: SampledWindow) {
    this.#window = window;
    this.reads = SampleReads.create(window.filter);
  }

  /**
   * Reads until the level is reached, if it was not before.
   *
   * @throws the store's error where no name ever answered; the reason of the signal
   */
  async grow(
    level: SampleLevel,
    options: TraceReadOptions,
  ): Promise<GrownSample> {
    return this.#turns.run(async () => {
      if (!this.#grown || isBelow(this.#grown.facts.level, level)) {
        this.#grown = await this.#read(level, options);
      }
      return this.#grown;
    }, options);
  }

  async #read(
    level: SampleLevel,
    options: TraceReadOptions,
  ): Promise<GrownSample> {
    const { reads } = this;
    const { now } = this.#window;
    const budget = this.#budgetOf(level);
    const untilMs = now() + budget.timeMs;
    const planner = this.#planner(level, budget);
    const ask = async (asks: readonly SampleAsk[], share = 1) => {
      const from = reads.askCount;
      const bytes = (budget.bytes - reads.byteCount) * share;
      const round = { ...this.#window, reads, bytes, untilMs };
      const goOn = await readAsks(asks, round, options);
      const failure = reads.failure();
      if (failure) {
        throw failure;
      }
      for (const [each, outcome] of reads.outcomes(from)) {
        planner.add(each, outcome);
      }
      return (goOn || share < 1) && !planner.facts().isExact;
    };
    let goOn = true;
    while (goOn) {
      const asks = planner.next();
      const [first, others] = this.#apart(asks, budget);
      goOn =
        asks.length > 0 &&
        (first.length === 0 || (await ask(first, FIRST_LOOK_SHARE))) &&
        (await ask(others));
    }
    return { strata: planner.strata(), facts: planner.facts() };
  }

  /**
   * A search of the whole window goes first and alone, and may bring more, since of
   * most services it brings all there is; not where more is known to be there.
   */
  #apart(
    asks: SampleAsk[],
    { firstLook }: SampleBudget,
  ): [first: SampleAsk[], others: SampleAsk[]] {
    const { filter, isBusy } = this.#window;
    const isFirst = (ask: SampleAsk) =>
      !isBusy &&
      ask.startTimeMs <= filter.startTimeMs &&
      ask.endTimeMs >= filter.endTimeMs;
    const first = asks.filter(isFirst).map(ask => {
      return { ...ask, limit: Math.max(ask.limit, firstLook) };
    });
    return [first, asks.filter(ask => !isFirst(ask))];
  }

  #planner(
    level: SampleLevel,
    { traces, bytes, requests }: SampleBudget,
  ): SamplePlanner {
    const { filter, slices } = this.#window;
    const { startTimeMs, endTimeMs } = filter;
    return SamplePlanner.create({
      startTimeMs,
      endTimeMs,
      slices,
      level,
      budget: {
        traces,
        bytes: Math.max(0, bytes - this.reads.byteCount),
        requests,
      },
      // Equal windows are read alike, and neighbouring ones at other moments.
      seed: startTimeMs % 0x1_0000_0000,
      earlier: this.reads.reads(),
    });
  }

  #budgetOf(level: SampleLevel): SampleBudget {
    const { store } = this.#window;
    return (store.read ? SAMPLE_BUDGETS : ONE_BY_ONE_BUDGETS)[level];
  }
}

function isBelow(level: SampleLevel, wanted: SampleLevel): boolean {
  return LEVELS.indexOf(level) < LEVELS.indexOf(wanted);
}
