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
}

/**
 * Judges some rungs of a ladder. Sources are asked at the same time and never wait
 * for one another. They don't reject: what can't be looked at is a rung with the
 * verdict `unknown`, which says what would tell.
 */
export interface RungSource {
  rungs(subject: LadderSubject): Promise<DiagnosisRung[]>;
}
