import type { DiagnosisRung } from './Diagnosis';
import type { DiagnosisDescription } from './DiagnosisDescription';
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
  const make = (id: RungId, parts: RungParts) => ({
    id,
    cause: parts.cause,
    evidence: parts.evidence ?? [],
    mends: parts.mends ?? [],
    ...(parts.needs === undefined ? {} : { needs: parts.needs }),
    docs: `diagnosis#${id}`,
  });
  return {
    good: (id, parts) => ({ ...make(id, parts), verdict: 'good' }),
    of: (code, parts) => {
      const { rung, verdict, mend } = catalog[code];
      const needs = parts.needs ?? (verdict === 'unknown' ? mend : undefined);
      return { ...make(rung, { ...parts, needs }), verdict, code };
    },
  };
}
