import type { FindingSeverity } from './Finding';

/** What a code of a finding means in general. @public */
export interface FindingDescription {
  severity: FindingSeverity;
  /** What is the case when the finding appears. */
  meaning: string;
  /** How to mend it, in one sentence. */
  whatToDo: string;
}
