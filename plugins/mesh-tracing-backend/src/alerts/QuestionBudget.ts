import pLimit from 'p-limit';

/** Questions of one answer to the metrics, all stores together. */
const MOST_QUESTIONS = 300;
/** Of them at once. */
const AT_ONCE = 4;
/** After so long no further question begins; each has the store's own limit besides. */
const LONGEST_MS = 20_000;

/** No further question may be asked for this answer. */
export class BudgetSpentError extends Error {
  constructor() {
    super('No further question may be asked for this answer');
    this.name = 'BudgetSpentError';
  }
}

/** Bounds what one answer asks of metrics: in number, at once and in time. */
export class QuestionBudget {
  /** When the answer began, milliseconds since the epoch: all questions are about it. */
  readonly nowMs: number;
  readonly #now: () => number;
  readonly #limit = pLimit(AT_ONCE);
  #left = MOST_QUESTIONS;

  static create(now: () => number): QuestionBudget {
    return new QuestionBudget(now);
  }

  private constructor(now: () => number) {
    this.#now = now;
    this.nowMs = now();
  }

  /** @throws BudgetSpentError; what the question throws */
  async run<T>(question: () => Promise<T>): Promise<T> {
    return this.#limit(async () => {
      if (this.#left <= 0 || this.#now() - this.nowMs > LONGEST_MS) {
        throw new BudgetSpentError();
      }
      this.#left -= 1;
      return question();
    });
  }
}
