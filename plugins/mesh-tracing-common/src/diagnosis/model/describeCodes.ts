import type { DiagnosisDescription } from './DiagnosisDescription';
import type { RungId } from './rungIds';

/** Describes the codes of one rung. */
export const describeCodes =
  (rung: RungId) =>
  (
    verdict: DiagnosisDescription['verdict'],
    meaning: string,
    mend: string,
  ): DiagnosisDescription => ({ rung, verdict, meaning, mend });
