import { Durations, latencyStatistics, SampleDesign } from '../../latency';
import type { LatencyStatistics } from '../../latency';
import {
  type SampleBudget,
  type SampleLevel,
  SamplePlanner,
  SampleWeights,
} from '../../traces';
import {
  HOUR_MS,
  HOUR_START_MS,
  type SimulatedTraffic,
} from './SimulatedTraffic';
import { answerAsk, type ReadColumns, type StoreOrder } from './simulatedStore';

/** Samples an hour as the product does, and estimates all of it. */
export function sampleHour(
  traffic: SimulatedTraffic,
  options: {
    level: SampleLevel;
    budget: SampleBudget;
    order: StoreOrder;
    seed: number;
  },
) {
  const planner = SamplePlanner.create({
    startTimeMs: HOUR_START_MS,
    endTimeMs: HOUR_START_MS + HOUR_MS,
    slices: 60,
    level: options.level,
    budget: options.budget,
    isOrdered: options.order === 'newest',
    seed: options.seed,
  });
  const seen = new Set<number>();
  const all: ReadColumns = { timesMs: [], durationsUs: [], errors: [] };
  let [fetched, requestCount, rounds] = [0, 0, 0];
  for (let asks = planner.next(); asks.length > 0; asks = planner.next()) {
    rounds += 1;
    requestCount += asks.length;
    for (const ask of asks) {
      const { outcome, requests } = answerAsk(traffic, ask, options.order);
      planner.add(ask, outcome);
      fetched += outcome.fetchedTraceCount ?? 0;
      requests.timesMs.forEach((timeMs, i) => {
        if (!seen.has(timeMs)) {
          seen.add(timeMs);
          all.timesMs.push(timeMs);
          all.durationsUs.push(requests.durationsUs[i] as number);
          all.errors.push(requests.errors[i] as number);
        }
      });
    }
  }
  const strata = planner.strata();
  const weights = new SampleWeights(Float64Array.from(all.timesMs), strata);
  const durations = new Durations(new SampleDesign(weights));
  all.durationsUs.forEach((durationUs, trace) =>
    durations.add(durationUs, all.errors[trace] === 1, 0, trace),
  );
  return {
    statistics: durations.statistics(),
    facts: planner.facts(),
    strata,
    fetched,
    requestCount,
    rounds,
  };
}

/** The figures of all requests of the hour. */
export function truthOf(traffic: SimulatedTraffic): LatencyStatistics {
  let all = new Float64Array(traffic.shape.traceCount * 1.1);
  let [count, errorCount] = [0, 0];
  for (let index = 0; index < traffic.cellCount; index++) {
    const cell = traffic.unordered(index);
    if (count + cell.errors.length > all.length) {
      const more = new Float64Array(all.length * 2);
      more.set(all);
      all = more;
    }
    all.set(cell.durationsUs, count);
    count += cell.errors.length;
    for (let i = 0; i < cell.errors.length; i++) {
      errorCount += cell.errors[i] as number;
    }
  }
  return latencyStatistics(
    all.subarray(0, count),
    errorCount,
  ) as LatencyStatistics;
}
