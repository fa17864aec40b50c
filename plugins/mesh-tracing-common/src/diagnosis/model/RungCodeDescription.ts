import type { RungVerdict } from './Diagnosis';
import type { RungId } from './rungIds';

/** What a code of a rung means in general. @public */
export interface RungCodeDescription {
  rung: RungId;
  verdict: Exclude<RungVerdict, 'good'>;
  /** What is the case when the code appears. */
  meaning: string;
  /** How to mend it, or for `unknown` what would tell. */
  whatToDo: string;
}
