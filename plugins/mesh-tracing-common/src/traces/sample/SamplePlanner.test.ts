import type {
  SampleAsk,
  SampleOutcome,
  SamplePlannerOptions,
} from './SamplePlan';
import { SamplePlanner } from './SamplePlanner';
import { SeededRandom } from './SeededRandom';

const HOUR_MS = 3_600_000;
const START_MS = 1_790_000_000_000;

function planner(options: Partial<SamplePlannerOptions> = {}) {
  return SamplePlanner.create({
    startTimeMs: START_MS,
    endTimeMs: START_MS + HOUR_MS,
    slices: 60,
    level: 'normal',
    budget: { traces: 1_500, bytes: 1e9, requests: 140 },
    seed: 7,
    ...options,
  });
}

/** Answers as a store that sends the newest traces first. */
function answerOf(timesMs: number[]) {
  return (ask: SampleAsk): SampleOutcome => {
    const found = timesMs
      .filter(ms => ms >= ask.startTimeMs && ms < ask.endTimeMs)
      .sort((a, b) => b - a)
      .slice(0, ask.limit);
    const isCut = found.length === ask.limit;
    const oldestMs = found[found.length - 1] ?? ask.startTimeMs;
    return {
      read: {
        startTimeMs: isCut ? oldestMs + 0.001 : ask.startTimeMs,
        endTimeMs: ask.endTimeMs,
      },
      traceCount: found.length - (isCut ? 1 : 0),
      fetchedTraceCount: found.length,
      bytes: found.length * 1_000,
    };
  };
}

function run(
  sample: SamplePlanner,
  answer: (ask: SampleAsk) => SampleOutcome,
): SampleAsk[][] {
  const rounds: SampleAsk[][] = [];
  for (let asks = sample.next(); asks.length > 0; asks = sample.next()) {
    rounds.push(asks);
    asks.forEach(ask => sample.add(ask, answer(ask)));
  }
  return rounds;
}

/** Moments at which traces begin, evenly at random. */
function traffic(count: number): number[] {
  const random = new SeededRandom(3);
  return Array.from(
    { length: count },
    () => START_MS + random.next() * HOUR_MS,
  );
}

describe('the plan of a sample', () => {
  it('reads all of a window with few traces in one round', () => {
    const sample = planner({ level: 'quick' });
    const rounds = run(sample, answerOf(traffic(60)));
    expect(rounds).toHaveLength(1);
    expect(sample.facts()).toMatchObject({
      isExact: true,
      unreadSliceCount: 0,
      canRefine: false,
    });
  });

  it('reads all of a window whose traces fit into the budget', () => {
    const sample = planner();
    run(sample, answerOf(traffic(900)));
    expect(sample.facts()).toMatchObject({ isExact: true, readShare: 1 });
  });

  it('reads a part of each slice of a busy window, within its budget', () => {
    const sample = planner();
    const asks = run(sample, answerOf(traffic(20_000))).flat();
    expect(asks.length).toBeLessThanOrEqual(140);
    const facts = sample.facts();
    expect(facts).toMatchObject({
      isExact: false,
      sliceCount: 60,
      unreadSliceCount: 0,
      canRefine: true,
    });
    expect(facts.readTraceCount).toBeLessThanOrEqual(1_500);
    expect(facts.readTraceCount).toBeGreaterThan(900);
    expect(Math.abs(facts.estimatedTraceCount / 20_000 - 1)).toBeLessThan(0.1);
  });

  it('covers the window with parts that neither overlap nor leave a gap', () => {
    for (const level of ['quick', 'normal', 'fine'] as const) {
      const sample = planner({ level });
      run(sample, answerOf(traffic(20_000)));
      const strata = sample.strata();
      expect(strata[0]?.startTimeMs).toBe(START_MS);
      expect(strata[strata.length - 1]?.endTimeMs).toBe(START_MS + HOUR_MS);
      strata.slice(1).forEach((stratum, at) => {
        expect(stratum.startTimeMs).toBe(strata[at]?.endTimeMs);
      });
      strata.forEach(({ startTimeMs, endTimeMs, read }) =>
        read.forEach(part => {
          expect(part.startTimeMs).toBeGreaterThanOrEqual(startTimeMs);
          expect(part.endTimeMs).toBeLessThanOrEqual(endTimeMs);
          expect(part.endTimeMs).toBeGreaterThan(part.startTimeMs);
        }),
      );
    }
  });

  it('goes on from what a coarser level has read, and asks for none of it again', () => {
    const times = traffic(20_000);
    const quick = planner({ level: 'quick' });
    run(quick, answerOf(times));
    const earlier = quick.reads();
    const sample = planner({ level: 'normal', earlier });
    const asks = run(sample, answerOf(times)).flat();
    expect(asks.length).toBeGreaterThan(30);
    asks.forEach(ask =>
      earlier.forEach(read => {
        const isApart =
          ask.endTimeMs <= read.startTimeMs ||
          ask.startTimeMs >= read.endTimeMs;
        expect(isApart).toBe(true);
      }),
    );
    expect(sample.facts().readTraceCount).toBeGreaterThan(
      quick.facts().readTraceCount,
    );
  });

  it('says which slices could not be read', () => {
    const sample = planner();
    const answer = answerOf(traffic(20_000));
    const fails = (ask: SampleAsk) =>
      ask.endTimeMs > START_MS + 20 * 60_000 &&
      ask.endTimeMs <= START_MS + 22 * 60_000;
    run(sample, ask =>
      fails(ask) ? { isFailed: true, traceCount: 0, bytes: 0 } : answer(ask),
    );
    const unread = sample.strata().filter(({ read }) => read.length === 0);
    expect(unread.map(({ startTimeMs }) => startTimeMs)).toEqual([
      START_MS + 20 * 60_000,
      START_MS + 21 * 60_000,
    ]);
    expect(sample.facts().unreadSliceCount).toBe(2);
  });

  it('places equal reads for equal seeds, and others for others', () => {
    const asksOf = (seed: number) =>
      run(planner({ seed }), answerOf(traffic(20_000)));
    expect(asksOf(1)).toEqual(asksOf(1));
    expect(asksOf(1)).not.toEqual(asksOf(2));
  });

  it('ends when its bytes are spent', () => {
    const sample = planner({
      budget: { traces: 1_500, bytes: 200_000, requests: 140 },
    });
    run(sample, answerOf(traffic(20_000)));
    expect(sample.facts().readTraceCount).toBeLessThan(600);
  });

  it('reads from a busy store without order, whose cut answers tell nothing', () => {
    const times = traffic(200_000);
    const ordered = answerOf(times);
    const sample = planner({ isOrdered: false });
    run(sample, ask => {
      const outcome = ordered(ask);
      return outcome.traceCount === outcome.fetchedTraceCount
        ? outcome
        : { ...outcome, read: undefined, traceCount: 0 };
    });
    const { estimatedTraceCount } = sample.facts();
    expect(Math.abs(estimatedTraceCount / 200_000 - 1)).toBeLessThan(0.15);
  });
});
