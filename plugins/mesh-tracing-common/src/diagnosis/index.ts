export { composeLadder } from './composeLadder';
export type {
  DiagnosisEvidence,
  DiagnosisMend,
  DiagnosisRung,
  RungVerdict,
  WorkloadDiagnosis,
} from './model/Diagnosis';
export { RUNG_IDS, type RungId } from './model/rungIds';
