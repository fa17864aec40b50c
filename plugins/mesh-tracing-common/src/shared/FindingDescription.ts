import type { FindingSeverity } from './Finding';

/** What a code of a finding means in general. @public */
export interface FindingDescription {
  severity: FindingSeverity;
  /** When it appears. */
  meaning: string;
  /** The mend, one sentence. */
  whatToDo: string;
}
