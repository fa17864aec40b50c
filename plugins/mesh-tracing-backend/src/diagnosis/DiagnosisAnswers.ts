import {
  composeLadder,
  type DiagnosisResponse,
  type WorkloadDiagnosis,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import { resolveWindow, type TimeWindow } from '../traces';
import type { RungSource } from './RungSource';

const ORDER = { broken: 0, doubtful: 1, unknown: 2, good: 3 } as const;

/** Answers `GET …/diagnosis`: the ladder of each workload. */
export class DiagnosisAnswers {
  readonly #sources: readonly RungSource[];
  readonly #now: () => number;

  static create(options: {
    sources: readonly RungSource[];
    now?: () => number;
  }): DiagnosisAnswers {
    return new DiagnosisAnswers(options);
  }

  private constructor(options: {
    sources: readonly RungSource[];
    now?: () => number;
  }) {
    this.#sources = options.sources;
    this.#now = options.now ?? Date.now;
  }

  /** The ladders of the entity's workloads, worst first. */
  async diagnosis(
    context: EntityContext,
    asked: Partial<TimeWindow>,
  ): Promise<DiagnosisResponse> {
    const window = resolveWindow(asked, this.#now());
    const ladders = await Promise.all(
      context.match.workloads.map(
        async (workload): Promise<WorkloadDiagnosis> => {
          const subject = { context, window, workload };
          const judged = await Promise.all(
            this.#sources.map(source => source.rungs(subject)),
          );
          return composeLadder(workload, judged.flat());
        },
      ),
    );
    return {
      entityRef: context.entityRef,
      ...window,
      workloads: ladders.sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]),
    };
  }
}
