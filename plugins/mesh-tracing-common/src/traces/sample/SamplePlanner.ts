import { expectedRest, planRest } from './planRest';
import { planProbes, PROBE_COUNT } from './planProbes';
import { planSlices } from './planSlices';
import { joined, LEAST_MS, ReadIntervals } from './ReadIntervals';
import { sampleFactsOf } from './sampleFactsOf';
import type {
  SampleAsk,
  SampleInterval,
  SampleOutcome,
  SamplePlannerOptions,
  SampleRead,
} from './SamplePlan';
import type { SampleFacts, SampleLevel, SampleStratum } from './SampleStratum';
import { SeededRandom } from './SeededRandom';
import { strataOf, withNewestApart } from './strataOf';

/** Rounds of requests, one after the other, the probes included. */
const MOST_ROUNDS: Record<SampleLevel, number> = {
  quick: 1,
  normal: 3,
  fine: 5,
};
/** Rounds that read from each slice. */
const SLICE_ROUNDS: Record<SampleLevel, number> = {
  quick: 0,
  normal: 1,
  fine: 3,
};
/** Traces that the probes of a round that others follow may bring, and of its budget. */
const MOST_PROBED = 600;
const PROBED_SHARE = 0.12;
const PROBED_SHARE_UNORDERED = 0.25;
/** Share of the slices that may stay unread; of more, shorter parts are asked for. */
const FEW_UNREAD = 0.1;
/** What answers should bring of what they may bring, so that few are cut. */
const PLANNED_SHARE = 0.95;
/** The same where a store sends more than it can be relied on, as one without order. */
const PLANNED_SHARE_UNORDERED = 0.6;
const FEWEST_TRACES = 20;

/**
 * Decides which parts of a window are read, round by round, and what they are a
 * sample of. It asks for what it wants to know, is told what came, and asks on,
 * within its budget. The decision on sampling in `docs/decisions` has the
 * mathematics.
 * @public
 */
export class SamplePlanner {
  readonly #options: SamplePlannerOptions;
  readonly #slices: SampleInterval[];
  readonly #random: SeededRandom;
  readonly #reads = new ReadIntervals();
  /** What is unknown since an ask for it brought nothing that is complete. */
  #missed: Array<SampleAsk & { isFailed: boolean }> = [];
  #spent = { traces: 0, bytes: 0, requests: 0 };
  #countedTraces = 0;
  #fetchedTraces = 0;
  #rounds = 0;
  #sliceRounds = 0;

  static create(options: SamplePlannerOptions): SamplePlanner {
    return new SamplePlanner(options);
  }

  private constructor(options: SamplePlannerOptions) {
    const { startTimeMs, endTimeMs, earlier = [] } = options;
    const count = Math.max(1, Math.floor(options.slices));
    const stepMs = (endTimeMs - startTimeMs) / count;
    this.#options = options;
    this.#slices = Array.from({ length: count }, (_, slice) => ({
      startTimeMs: startTimeMs + slice * stepMs,
      endTimeMs:
        slice === count - 1 ? endTimeMs : startTimeMs + (slice + 1) * stepMs,
    }));
    this.#random = new SeededRandom(options.seed);
    earlier.forEach(read => this.#addRead(read));
    this.#spent.traces = earlier.reduce((sum, one) => sum + one.traceCount, 0);
    this.#rounds = earlier.length >= Math.min(count, PROBE_COUNT) / 2 ? 1 : 0;
    const areSlicesRead = this.#slices.every(
      slice => this.#reads.within(slice).length > 0,
    );
    this.#sliceRounds = areSlicesRead && options.level !== 'fine' ? 1 : 0;
  }

  /** What to ask now, side by side; nothing when the sample is complete. */
  next(): SampleAsk[] {
    const { level } = this.#options;
    const requests = this.#options.budget.requests - this.#spent.requests;
    const traces = this.#tracesLeft();
    if (
      this.#isExact() ||
      this.#rounds >= MOST_ROUNDS[level] ||
      requests < 1 ||
      (this.#rounds > 0 && traces < FEWEST_TRACES)
    ) {
      return [];
    }
    const asks =
      this.#rounds === 0
        ? this.#probes(traces, requests)
        : this.#further(traces, requests);
    this.#rounds = asks.length > 0 ? this.#rounds + 1 : MOST_ROUNDS[level];
    return asks;
  }

  /** Tells what an ask brought; in any order. */
  add(ask: SampleAsk, outcome: SampleOutcome): void {
    const fetched = outcome.fetchedTraceCount ?? outcome.traceCount;
    this.#spent.requests += 1;
    this.#spent.bytes += outcome.bytes;
    this.#spent.traces += fetched;
    if (outcome.isFailed || !outcome.read) {
      this.#fetchedTraces += fetched;
      const isFailed = outcome.isFailed === true;
      if (isFailed || this.#sliceRounds > 0) {
        this.#missed.push({ ...ask, isFailed });
      }
      return;
    }
    this.#countedTraces += outcome.traceCount;
    this.#fetchedTraces += fetched;
    this.#addRead({ ...outcome.read, traceCount: outcome.traceCount });
  }

  /** All parts of the window with what was read of them, for the analysis. */
  strata(): SampleStratum[] {
    return withNewestApart(this.#strata(), this.#newest());
  }

  /** All that was read, for a planner of a finer level. */
  reads(): SampleRead[] {
    return this.#reads.all.map(read => ({ ...read }));
  }

  /** As far as the counts of the answers tell. */
  facts(): SampleFacts {
    const { level } = this.#options;
    return sampleFactsOf(
      this.#strata().map(stratum => ({
        stratum,
        traceCount: this.#reads
          .within(stratum)
          .reduce((sum, { traceCount }) => sum + traceCount, 0),
      })),
      { level, canRefine: level !== 'fine' && !this.#isExact() },
    );
  }

  #addRead(read: SampleRead): void {
    const { startTimeMs, endTimeMs } = this.#options;
    const inside = new ReadIntervals();
    if (read.endTimeMs - read.startTimeMs >= LEAST_MS) {
      inside.add(read);
    }
    inside
      .within({ startTimeMs, endTimeMs })
      .forEach(part => this.#reads.add(part));
  }

  #probes(traces: number, requests: number): SampleAsk[] {
    const share =
      this.#options.isOrdered === false ? PROBED_SHARE_UNORDERED : PROBED_SHARE;
    const most =
      this.#options.level === 'quick'
        ? traces
        : Math.min(MOST_PROBED, share * traces);
    return planProbes({
      window: this.#window(),
      slices: this.#slices,
      random: this.#random,
      isOrdered: this.#options.isOrdered ?? true,
      traces: Math.floor(most),
      requests,
    });
  }

  #further(traces: number, requests: number): SampleAsk[] {
    const window = this.#window();
    const plan = { window, slices: this.#slices, reads: this.#reads, requests };
    const isUnordered = this.#options.isOrdered === false;
    const share = isUnordered ? PLANNED_SHARE_UNORDERED : PLANNED_SHARE;
    if (expectedRest(this.#reads, window) < share * traces) {
      return planRest({ ...plan, mostTraces: traces });
    }
    const planned = SLICE_ROUNDS[this.#options.level] - this.#sliceRounds;
    const roundsLeft = this.#isMuchCut() ? Math.max(1, planned) : planned;
    if (roundsLeft < 1) {
      return [];
    }
    this.#sliceRounds += 1;
    return planSlices({
      ...plan,
      newest: this.#newest(),
      cut: this.#missed.filter(({ isFailed }) => !isFailed),
      random: this.#random,
      traces: (share * traces) / roundsLeft,
      requests: Math.ceil(requests / roundsLeft),
    });
  }

  /** Whether many slices are unread although the store answers. */
  #isMuchCut(): boolean {
    const cut = this.#slices.filter(
      (slice, at) =>
        this.#reads.within(slice).length === 0 &&
        this.#missed.some(ask => ask.slice === at && !ask.isFailed),
    );
    return cut.length > FEW_UNREAD * this.#slices.length;
  }

  #tracesLeft(): number {
    const { budget } = this.#options;
    const { traces, bytes } = this.#spent;
    const byCount = budget.traces - traces;
    const bytesOfTrace = bytes / Math.max(1, this.#fetchedTraces);
    return bytesOfTrace > 0
      ? Math.min(byCount, (budget.bytes - bytes) / bytesOfTrace)
      : byCount;
  }

  #window(): SampleInterval {
    const { startTimeMs, endTimeMs } = this.#options;
    return { startTimeMs, endTimeMs };
  }

  #isExact(): boolean {
    return this.#reads.gaps(this.#window()).length === 0;
  }

  /** The newest read, if it reaches the end of the window. */
  #newest(): SampleInterval | undefined {
    const reads = joined(this.#reads.all);
    const last = reads[reads.length - 1];
    return last && this.#options.endTimeMs - last.endTimeMs < LEAST_MS
      ? last
      : undefined;
  }

  #strata(): SampleStratum[] {
    const areSlicesRead = this.#sliceRounds > 0;
    const missedSlices = new Set(this.#missed.map(({ slice }) => slice));
    return strataOf({
      window: this.#window(),
      slices: this.#slices,
      reads: this.#reads.all,
      areSlicesRead,
      failed: areSlicesRead
        ? this.#slices.filter(
            (slice, at) =>
              missedSlices.has(at) && this.#reads.within(slice).length === 0,
          )
        : this.#missed.filter(({ isFailed }) => isFailed),
    });
  }
}
