import { SeededRandom } from '../../traces/sample/SeededRandom';

/** What an hour of requests is like. */
export interface TrafficShape {
  /** Traced requests of the hour, about. */
  traceCount: number;
  /** Requests come and go over the hour as over a day, with bursts. */
  isLively: boolean;
  /** From the middle on requests take half as long again, and more of them fail. */
  isRegressing: boolean;
  seed: number;
  /** Other requests of the same hour, so to speak: of the same traffic. */
  requestSeed?: number;
}

/** Requests of some time, ascending; columns of equal length. */
export interface TrafficCell {
  timesMs: Float64Array;
  durationsUs: Float64Array;
  errors: Uint8Array;
}

export const HOUR_MS = 3_600_000;
export const HOUR_START_MS = 1_790_000_000_000;
const SECONDS = 3_600;
const MEDIAN_US = 20_000;
/** One in a hundred requests is slow by a power law. */
const SLOW_SHARE = 0.01;
const SLOW_EXPONENT = 1.5;

/**
 * An hour of traffic that is never held as a whole: what happens in each cell of
 * time follows from the seed, and is made when it is looked at.
 */
export class SimulatedTraffic {
  readonly cellMs: number;
  /** By second of the hour, relative. */
  readonly #rates = new Float64Array(SECONDS);
  readonly #slowness = new Float64Array(SECONDS);
  readonly #failing = new Float64Array(SECONDS);
  readonly #scale: number;
  readonly #cells = new Map<number, TrafficCell>();

  constructor(readonly shape: TrafficShape) {
    const random = new SeededRandom(shape.seed);
    const burst = this.#bursts(random);
    let sum = 0;
    for (let second = 0; second < SECONDS; second++) {
      const isLate = shape.isRegressing && second >= SECONDS / 2;
      const inBurst = burst[second] as number;
      const daily = 1 + 0.4 * Math.sin((second / SECONDS) * Math.PI);
      const noise = () => Math.exp(0.15 * normal(random));
      this.#rates[second] = shape.isLively ? daily * noise() * inBurst : 1;
      this.#slowness[second] =
        (isLate ? 1.5 : 1) * (shape.isLively ? noise() * inBurst ** 0.3 : 1);
      this.#failing[second] = (isLate ? 0.03 : 0.01) * (inBurst > 1 ? 2 : 1);
      sum += this.#rates[second] as number;
    }
    this.#scale = shape.traceCount / sum;
    // About 60 requests in a cell, so that a glance does not make many.
    const cells = 2 ** Math.round(Math.log2(shape.traceCount / SECONDS / 60));
    this.cellMs = 1_000 / Math.max(1, cells);
  }

  get cellCount(): number {
    return HOUR_MS / this.cellMs;
  }

  cell(index: number): TrafficCell {
    let cell = this.#cells.get(index);
    if (!cell) {
      cell = this.unordered(index);
      // Durations don't depend on times, so these alone are put in order.
      cell.timesMs.sort();
      if (this.#cells.size < 4_000) {
        this.#cells.set(index, cell);
      }
    }
    return cell;
  }

  /** A cell whose times are in no order. */
  unordered(index: number): TrafficCell {
    const { cellMs } = this;
    const random = new SeededRandom(
      Math.imul((this.shape.requestSeed ?? this.shape.seed) + 1, 0x9e3779b1) ^
        Math.imul(index + 7, 0x85ebca6b),
    );
    const second = Math.floor((index * cellMs) / 1_000);
    const mean =
      ((this.#rates[second] as number) * this.#scale * cellMs) / 1_000;
    const count = poisson(random, mean);
    const cell = {
      timesMs: new Float64Array(count),
      durationsUs: new Float64Array(count),
      errors: new Uint8Array(count),
    };
    const startMs = HOUR_START_MS + index * cellMs;
    const median = MEDIAN_US * (this.#slowness[second] as number);
    for (let i = 0; i < count; i++) {
      cell.timesMs[i] = startMs + random.next() * cellMs;
      const isSlow = random.next() < SLOW_SHARE;
      const factor = isSlow
        ? 5 * (1 - random.next()) ** (-1 / SLOW_EXPONENT)
        : logistic(random.next());
      cell.durationsUs[i] = Math.round(median * factor);
      cell.errors[i] =
        random.next() < (this.#failing[second] as number) ? 1 : 0;
    }
    return cell;
  }

  /** How much more comes by second: each full minute, and at a few other times. */
  #bursts(random: SeededRandom): Float64Array {
    const factors = new Float64Array(SECONDS).fill(1);
    if (!this.shape.isLively) {
      return factors;
    }
    for (let second = 0; second < SECONDS; second++) {
      factors[second] = second % 60 < 3 ? 3 : 1;
    }
    for (let burst = 0; burst < 12; burst++) {
      const start = Math.floor(random.next() * (SECONDS - 30));
      factors.fill(2, start, start + 5 + Math.floor(random.next() * 20));
    }
    return factors;
  }
}

/** Durations around one have this shape (log-logistic), with a tail that is not light. */
function logistic(share: number): number {
  return Math.exp(0.2 * Math.log((share + 1e-12) / (1 - share)));
}

function normal(random: SeededRandom): number {
  return (
    Math.sqrt(-2 * Math.log(1 - random.next())) *
    Math.cos(2 * Math.PI * random.next())
  );
}

function poisson(random: SeededRandom, mean: number): number {
  if (mean > 50) {
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) {
    count += 1;
  }
  return count;
}
