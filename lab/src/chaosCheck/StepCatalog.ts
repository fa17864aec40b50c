import type { Operation } from './RoundPlan';
import type { StepPoint } from './Steps';

/** The steps of each operation, as those that lived took them. */
export class StepCatalog {
  readonly #steps = new Map<Operation, string[]>();

  static create(): StepCatalog {
    return new StepCatalog();
  }

  private constructor() {}

  /** Notes the steps of an operation that lived; the longest course is kept. */
  learn(operation: Operation, steps: string[]): void {
    if (steps.length > this.count(operation)) {
      this.#steps.set(operation, steps);
    }
  }

  count(operation: Operation): number {
    return this.#steps.get(operation)?.length ?? 0;
  }

  name(operation: Operation, index: StepPoint['index']): string {
    if (index === 'write') {
      return index;
    }
    return `${this.#steps.get(operation)?.[index]} (${index + 1})`;
  }
}
