import type { DiagnosisRung } from './Diagnosis';
import type { DiagnosisDescription } from './DiagnosisDescription';
import { faultyRung, goodRung, unknownRung } from './judged';
import type { RungId } from './rungIds';

/** What a judge adds to what the catalog of its codes says. */
export type RungParts = Pick<DiagnosisRung, 'cause'> &
  Partial<Pick<DiagnosisRung, 'evidence' | 'mends' | 'needs'>>;

/** Makes the rungs of one catalog of codes. */
export interface RungMaker<Code extends string> {
  /** A rung where all is well. */
  good(id: RungId, parts: RungParts): DiagnosisRung;
  /** A rung with a code; its place and verdict are the catalog's. */
  of(code: Code, parts: RungParts): DiagnosisRung;
}

/** A maker of rungs whose codes a catalog describes. */
export function rungsOf<Code extends string>(
  catalog: Record<Code, DiagnosisDescription>,
): RungMaker<Code> {
  return {
    good: (id, { mends = [], ...parts }) => ({ ...goodRung(id, parts), mends }),
    of: (code, parts) => {
      const { rung, verdict, mend } = catalog[code];
      return verdict === 'unknown'
        ? unknownRung(rung, { ...parts, needs: parts.needs ?? mend, code })
        : faultyRung(catalog, code, parts);
    },
  };
}
