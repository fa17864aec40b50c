/** Time as the simulation sees it, so that tests can turn the hands. */
export interface SimulationClock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Calls back after a delay; returns what cancels it. */
  after(delayMs: number, callback: () => void): () => void;
  /** Calls back again and again; returns what ends it. */
  every(periodMs: number, callback: () => void): () => void;
}

/** The real time. Its timers do not keep the process alive. */
export const systemClock: SimulationClock = {
  nowMs: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
  every(periodMs, callback) {
    const timer = setInterval(callback, periodMs);
    timer.unref();
    return () => clearInterval(timer);
  },
};
