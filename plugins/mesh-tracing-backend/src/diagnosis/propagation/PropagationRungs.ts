import {
  tracesReadPermission,
  unknownRung,
  type DiagnosisRung,
} from 'backstage-plugin-mesh-tracing-common';
import { errorText } from '../../shared/errorText';
import { sanitizeMessage } from '../../shared/sanitizeMessage';
import type { LadderSubject, RungSource } from '../RungSource';

/** Judges from traces whether a workload hands on the headers of a trace. */
export interface PropagationJudge {
  /** Undefined where the traces say nothing about it. */
  judge(subject: LadderSubject): Promise<DiagnosisRung | undefined>;
}

/** The rung of header propagation, as far as the caller may see traces. */
export class PropagationRungs implements RungSource {
  readonly #judge: PropagationJudge;

  static create(options: { judge: PropagationJudge }): PropagationRungs {
    return new PropagationRungs(options.judge);
  }

  private constructor(judge: PropagationJudge) {
    this.#judge = judge;
  }

  async rungs(subject: LadderSubject): Promise<DiagnosisRung[]> {
    if (!subject.tracesReadable) {
      return [
        unknownRung('propagation', {
          cause: 'It is told from traces, which you may not see.',
          needs: tracesReadPermission.name,
        }),
      ];
    }
    try {
      const rung = await this.#judge.judge(subject);
      return rung ? [rung] : [];
    } catch (error) {
      subject.context.signal?.throwIfAborted();
      return [
        unknownRung('propagation', {
          cause: `The traces could not be looked at: ${sanitizeMessage(
            errorText(error),
          )}`,
          needs: 'A trace store that answers.',
        }),
      ];
    }
  }
}
