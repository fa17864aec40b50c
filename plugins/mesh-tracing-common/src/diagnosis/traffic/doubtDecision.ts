import type { EffectiveTracing } from '../../tracing';
import { faultsOn } from '../configuration/findingRungs';
import type { DiagnosisRung } from '../model/Diagnosis';

/**
 * The rung of the decision with what the configuration tells of it. What traffic
 * shows goes first: only a rung that is good, or can't be told, becomes doubtful.
 *
 * @param effective - of the workload; absent where its cluster was not read
 * @public
 */
export function doubtDecision(
  rung: DiagnosisRung,
  effective: Pick<EffectiveTracing, 'findings'> | undefined,
): DiagnosisRung {
  const [worst] = effective ? faultsOn('decision', effective) : [];
  if (!worst || rung.verdict === 'broken' || rung.verdict === 'doubtful') {
    return rung;
  }
  const { needs: _needs, ...told } = rung;
  return {
    ...told,
    verdict: 'doubtful',
    code: worst.code,
    cause: worst.what,
    mends: [...rung.mends, { kind: 'advice', what: worst.whatToDo }],
  };
}
