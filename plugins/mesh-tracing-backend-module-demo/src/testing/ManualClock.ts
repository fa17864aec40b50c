import type { SimulationClock } from '../shared/SimulationClock';

interface Timer {
  dueMs: number;
  periodMs?: number;
  callback: () => void;
}

/** A clock that stands still until it is told to go on. */
export class ManualClock implements SimulationClock {
  #nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor(nowMs = Date.parse('2026-08-03T10:00:00.400Z')) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    return this.#add({ dueMs: this.#nowMs + delayMs, callback });
  }

  every(periodMs: number, callback: () => void): () => void {
    return this.#add({ dueMs: this.#nowMs + periodMs, periodMs, callback });
  }

  get timerCount(): number {
    return this.#timers.size;
  }

  /** Lets the time pass and calls what falls due, in order. */
  advance(durationMs: number): void {
    const endMs = this.#nowMs + durationMs;
    for (
      let next = this.#nextDue(endMs);
      next !== undefined;
      next = this.#nextDue(endMs)
    ) {
      this.#nowMs = next.dueMs;
      if (next.periodMs === undefined) {
        this.#timers.delete(next);
      } else {
        next.dueMs += next.periodMs;
      }
      next.callback();
    }
    this.#nowMs = endMs;
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  #nextDue(endMs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueMs <= endMs && (!next || timer.dueMs < next.dueMs)) {
        next = timer;
      }
    }
    return next;
  }
}
