import {
  composeLadder,
  nameEnvoyFilters,
  type DiagnosisResponse,
  type DiagnosisRung,
  type WorkloadDiagnosis,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityAccess } from '../access';
import type { EntityContext } from '../shared/EntityContext';
import { resolveWindow, type TimeWindow } from '../traces';
import { toWorkloadRef } from '../workloads';
import type { LadderSubject, RungSource } from './RungSource';

const ORDER = { broken: 0, doubtful: 1, unknown: 2, good: 3 } as const;

/** What {@link DiagnosisAnswers} is made of. */
export interface DiagnosisAnswersOptions {
  access: Pick<EntityAccess, 'mayReadTraces'>;
  /** Each judges rungs of its own. */
  sources: readonly RungSource[];
  now?: () => number;
}

/** Answers `GET …/diagnosis`: the ladder of each workload. */
export class DiagnosisAnswers {
  readonly #access: DiagnosisAnswersOptions['access'];
  readonly #sources: readonly RungSource[];
  readonly #now: () => number;

  static create(options: DiagnosisAnswersOptions): DiagnosisAnswers {
    return new DiagnosisAnswers(options);
  }

  private constructor(options: DiagnosisAnswersOptions) {
    this.#access = options.access;
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
          const tracesReadable = await this.#access.mayReadTraces(
            context,
            workload,
          );
          const subject = { context, window, workload, tracesReadable };
          const judged = await Promise.all(
            this.#sources.map(source => source.rungs(subject)),
          );
          return composeLadder(
            toWorkloadRef(workload),
            named(subject, judged.flat(), this.#now()),
          );
        },
      ),
    );
    return {
      entityRef: context.entityRef,
      explanation: context.match.explanation,
      ...window,
      workloads: ladders.sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]),
    };
  }
}

/** The rungs with the EnvoyFilters that act on them, whoever judged them. */
function named(
  { context, workload }: LadderSubject,
  rungs: DiagnosisRung[],
  nowMs: number,
): DiagnosisRung[] {
  const snapshot = context.snapshots.find(
    ({ cluster }) => cluster === workload.cluster,
  );
  return snapshot
    ? nameEnvoyFilters(rungs, {
        inputs: snapshot.inputs,
        workload,
        atMs: snapshot.syncedAtMs ?? nowMs,
      })
    : rungs;
}
