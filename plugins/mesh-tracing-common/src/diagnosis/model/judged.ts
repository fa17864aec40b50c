import type {
  DiagnosisEvidence,
  DiagnosisMend,
  DiagnosisRung,
} from './Diagnosis';
import type { DiagnosisDescription } from './DiagnosisDescription';
import type { RungId } from './rungIds';

/** What differs from rung to rung. @public */
export interface Judgement {
  cause: string;
  evidence?: DiagnosisEvidence[];
  mends?: DiagnosisMend[];
}

/** A rung that is in order. @public */
export function goodRung(
  id: RungId,
  { cause, evidence = [] }: Omit<Judgement, 'mends'>,
): DiagnosisRung {
  return {
    id,
    verdict: 'good',
    cause,
    evidence,
    mends: [],
    docs: `diagnosis#${id}`,
  };
}

/** A rung that can't be looked at, and what would tell. @public */
export function unknownRung(
  id: RungId,
  judgement: Judgement & { needs?: string; code?: string },
): DiagnosisRung {
  const { cause, evidence = [], mends = [], needs, code } = judgement;
  return {
    id,
    verdict: 'unknown',
    ...(code === undefined ? {} : { code }),
    cause,
    evidence,
    mends,
    ...(needs === undefined ? {} : { needs }),
    docs: `diagnosis#${id}`,
  };
}

/**
 * A rung with something wrong.
 *
 * @param catalog - gives the rung and the verdict of each code
 * @param judgement - with a verdict only where it is less than the catalogue's
 * @public
 */
export function faultyRung<Code extends string>(
  catalog: Readonly<Record<Code, DiagnosisDescription>>,
  code: Code,
  judgement: Judgement & { verdict?: 'doubtful' | 'broken' },
): DiagnosisRung {
  const { rung, verdict } = catalog[code];
  const { cause, evidence = [], mends = [] } = judgement;
  return {
    id: rung,
    verdict: judgement.verdict ?? verdict,
    code,
    cause,
    evidence,
    mends,
    docs: `diagnosis#${rung}`,
  };
}
