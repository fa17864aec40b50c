import type { FindingSeverity } from '../../shared/Finding';
import type { FindingDescription } from '../../shared/FindingDescription';
import type { YamlVerdict } from '../model/YamlCheck';

/** What a code of a finding about a pasted text means in general. @public */
export interface YamlFindingDescription extends FindingDescription {
  /** What it makes of its document; absent where it makes nothing of it. */
  verdict?: YamlVerdict;
}

/** An entry of a catalogue. */
export function described(
  severity: FindingSeverity,
  meaning: string,
  whatToDo: string,
  verdict?: YamlVerdict,
): YamlFindingDescription {
  return { severity, meaning, whatToDo, ...(verdict ? { verdict } : {}) };
}
