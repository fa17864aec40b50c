import type {
  DiagnosisRung,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import type { TimeWindow } from '../traces';

/** What a ladder is about. */
export interface LadderSubject {
  context: EntityContext;
  window: TimeWindow;
  workload: Workload;
  /**
   * Whether the caller may see traces of the workload, and figures made from them.
   * Where not, rungs that would be judged by traces or by what a store tells of
   * them are `unknown`, with the permission as what is needed.
   */
  tracesReadable: boolean;
}

/**
 * Judges some rungs of a ladder. Sources are asked at the same time and never wait
 * for one another. They don't reject: what can't be looked at is a rung with the
 * verdict `unknown`, which says what would tell.
 */
export interface RungSource {
  rungs(subject: LadderSubject): Promise<DiagnosisRung[]>;
}
