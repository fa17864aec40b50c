import {
  judgePropagation,
  type DiagnosisRung,
} from 'backstage-plugin-mesh-tracing-common';
import type { PropagationAnswers } from '../../propagation';
import type { LadderSubject } from '../RungSource';
import type { PropagationJudge } from './PropagationRungs';

/** Judges header propagation by what the panel of it says of the same window. */
export class TracedPropagation implements PropagationJudge {
  readonly #answers: Pick<PropagationAnswers, 'of'>;
  readonly #now: () => number;

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
    const found = await this.#answers.of(context, window);
    const { cluster, kind, namespace, name } = workload;
    const own = found.workloads.find(
      ({ workload: ref }) =>
        ref.cluster === cluster &&
        ref.kind === kind &&
        ref.namespace === namespace &&
        ref.name === name,
    );
    return (
      own &&
      judgePropagation({
        ...own,
        workload: name,
        traceCount: found.traceCount,
        store: found.store,
        atMs: this.#now(),
      })
    );
  }
}
