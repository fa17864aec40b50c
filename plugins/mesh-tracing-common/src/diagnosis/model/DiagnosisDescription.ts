import type { RungVerdict } from './Diagnosis';
import type { RungId } from './rungIds';

/** What a code of a rung means in general. @public */
export interface DiagnosisDescription {
  rung: RungId;
  /** The verdict that the rung gets for this reason, unless it is a lesser one. */
  verdict: Exclude<RungVerdict, 'good'>;
  /** What is the case. */
  meaning: string;
  /** How to mend it, in one sentence. */
  mend: string;
}
