import { OPERATIONS, type RoundPlan } from './RoundPlan';

/** What one round did, to be added up. */
export interface RoundTally {
  killedAt?: string;
  kills: number;
  restarts: number;
}

/** Sums over the rounds. */
export class ChaosTally {
  #startMs = Date.now();
  readonly #killed = new Map<string, Map<string, number>>();
  readonly #rounds = new Map<string, number>();
  readonly #disturbances = new Map<string, number>();
  #kills = 0;

  static create(): ChaosTally {
    return new ChaosTally();
  }

  private constructor() {}

  add(plan: RoundPlan, { kills, killedAt, restarts }: RoundTally): void {
    const { disturbance, operation } = plan;
    this.#kills += kills;
    count(this.#rounds, operation);
    if (killedAt) {
      const steps = this.#killed.get(operation) ?? new Map<string, number>();
      this.#killed.set(operation, steps);
      count(steps, killedAt);
    }
    if (disturbance?.what === 'clock') {
      count(this.#disturbances, 'wrong clocks');
    } else if (disturbance && restarts > 0) {
      count(this.#disturbances, `restarts of ${disturbance.what}`);
    }
  }

  seconds(): string {
    return ((Date.now() - this.#startMs) / 1000).toFixed(0);
  }

  /** Measures the time from here, when the rounds begin. */
  start(): void {
    this.#startMs = Date.now();
  }

  /** What was done, for people. */
  lines(): string[] {
    const operations = OPERATIONS.map(operation => {
      const steps = [...(this.#killed.get(operation) ?? [])];
      const killed = steps
        .map(([step, times]) => `${step} × ${times}`)
        .join(', ');
      return `  ${operation}: ${
        this.#rounds.get(operation) ?? 0
      } rounds; killed at ${steps.length} points: ${killed}`;
    });
    const disturbances = [...this.#disturbances]
      .map(([what, times]) => `${times} ${what}`)
      .join(', ');
    return [
      ...operations,
      `  ${this.#kills} replicas killed, ${disturbances}, ${this.seconds()} s`,
    ];
  }
}

function count(sums: Map<string, number>, key: string): void {
  sums.set(key, (sums.get(key) ?? 0) + 1);
}
