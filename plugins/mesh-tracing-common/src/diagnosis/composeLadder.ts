import type { WorkloadRef } from '../workloads';
import type { DiagnosisRung, WorkloadDiagnosis } from './model/Diagnosis';
import { RUNG_IDS } from './model/rungIds';

const RANK = { broken: 3, doubtful: 2, unknown: 1, good: 0 } as const;

/**
 * Makes a ladder of rungs that were judged apart, in the order of the ladder.
 *
 * @param judged - at most one of each id; a rung that nobody judged is left out
 * @public
 */
export function composeLadder(
  workload: WorkloadRef,
  judged: readonly DiagnosisRung[],
): WorkloadDiagnosis {
  const rungs = RUNG_IDS.flatMap(
    id => judged.find(rung => rung.id === id) ?? [],
  );
  const first =
    rungs.find(({ verdict }) => verdict === 'broken') ??
    rungs.find(({ verdict }) => verdict === 'doubtful');
  const worst = rungs.reduce<DiagnosisRung['verdict']>(
    (so, { verdict }) => (RANK[verdict] > RANK[so] ? verdict : so),
    'good',
  );
  return {
    workload,
    verdict: rungs.length === 0 ? 'unknown' : worst,
    ...(first ? { firstRung: first.id } : {}),
    rungs,
  };
}
