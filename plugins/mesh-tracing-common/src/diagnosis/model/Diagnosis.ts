import type { WorkloadRef } from '../../workloads';
import type { RungId } from './rungIds';

/**
 * `good`: looked at, and in order. `broken`: no traces for this reason, or some of
 * them are lost. `doubtful`: it works, though hardly as meant, or it may be the
 * reason. `unknown`: it can't be told; `needs` says what would tell.
 * @public
 */
export type RungVerdict = 'good' | 'broken' | 'doubtful' | 'unknown';

/** What was looked at, and what was seen there. @public */
export interface DiagnosisEvidence {
  /** What was looked at: `Telemetry shop/checkout`, `GET /api/services of store main`. */
  source: string;
  /** What was seen, one sentence. */
  seen: string;
  /** When it was so, milliseconds since the epoch. */
  atMs: number;
}

/**
 * A mend. `command` and `yaml` are complete as they stand: whoever may do so runs
 * or applies them as given. `config`: a part of the portal's own configuration.
 * `action`: something that the product itself offers. `advice`: a sentence, where
 * nothing can be handed out whole.
 * @public
 */
export type DiagnosisMend =
  | { kind: 'command'; what: string; command: string }
  | { kind: 'yaml'; what: string; yaml: string }
  | { kind: 'config'; what: string; yaml: string }
  | {
      kind: 'action';
      what: string;
      action: 'change-sampling' | 'open-entity' | 'choose-window';
      /** The entity that the action is about, where it is another one. */
      entityRef?: string;
    }
  | { kind: 'advice'; what: string };

/** One rung of the ladder. @public */
export interface DiagnosisRung {
  id: RungId;
  verdict: RungVerdict;
  /** Why, stable and in kebab case: `provider-service-absent`. Absent when all is well. */
  code?: string;
  /** The cause, or what is well, in one sentence. */
  cause: string;
  evidence: DiagnosisEvidence[];
  /** Best first; empty when there is nothing to mend. */
  mends: DiagnosisMend[];
  /** For `unknown`: the access or setting that would tell. */
  needs?: string;
  /** EnvoyFilters that act on this rung, `namespace/name`. */
  envoyFilters?: string[];
  /** Page and heading in the docs: `diagnosis#provider`. */
  docs: string;
}

/** The ladder of one workload. @public */
export interface WorkloadDiagnosis {
  workload: WorkloadRef;
  /** The worst of the rungs; `unknown` only where no rung is worse. */
  verdict: RungVerdict;
  /** The first rung that is broken, else the first doubtful one; absent when none is. */
  firstRung?: RungId;
  /** All of them, in the order of `RUNG_IDS`. */
  rungs: DiagnosisRung[];
}
