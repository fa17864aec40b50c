export { ConfigurationRungs } from './configuration/ConfigurationRungs';
export { DiagnosisAnswers } from './DiagnosisAnswers';
export {
  type PropagationJudge,
  PropagationRungs,
} from './propagation/PropagationRungs';
export type { LadderSubject, RungSource } from './RungSource';
