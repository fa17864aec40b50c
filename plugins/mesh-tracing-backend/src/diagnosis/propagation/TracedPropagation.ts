import {
  isSameWorkload,
  judgePropagation,
  type DiagnosisRung,
} from 'backstage-plugin-mesh-tracing-common';
import type { PropagationAnswers, WindowPropagation } from '../../propagation';
import type { EntityContext } from '../../shared/EntityContext';
import type { TimeWindow } from '../../traces';
import type { LadderSubject } from '../RungSource';
import type { PropagationJudge } from './PropagationRungs';

/** Judges header propagation by what the panel of it says of the same window. */
export class TracedPropagation implements PropagationJudge {
  readonly #answers: Pick<PropagationAnswers, 'of'>;
  readonly #now: () => number;
  readonly #asked = new WeakMap<TimeWindow, Promise<WindowPropagation>>();

  static create(options: {
    answers: Pick<PropagationAnswers, 'of'>;
    now?: () => number;
  }): TracedPropagation {
    return new TracedPropagation(options.answers, options.now ?? Date.now);
  }

  private constructor(
    answers: Pick<PropagationAnswers, 'of'>,
    now: () => number,
  ) {
    this.#answers = answers;
    this.#now = now;
  }

  async judge({
    context,
    window,
    workload,
  }: LadderSubject): Promise<DiagnosisRung | undefined> {
    const found = await this.#ofWindow(context, window);
    const own = found.workloads.find(each =>
      isSameWorkload(each.workload, workload),
    );
    return (
      own &&
      judgePropagation({
        ...own,
        workload: workload.name,
        traceCount: found.traceCount,
        store: found.store,
        atMs: this.#now(),
      })
    );
  }

  /** Once for all workloads of an entity, whose ladders share their window. */
  #ofWindow(
    context: EntityContext,
    window: TimeWindow,
  ): Promise<WindowPropagation> {
    const asked = this.#asked.get(window);
    if (asked) {
      return asked;
    }
    const answer = this.#answers.of(context, window);
    this.#asked.set(window, answer);
    return answer;
  }
}
