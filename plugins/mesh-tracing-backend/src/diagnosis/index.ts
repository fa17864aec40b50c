export { DiagnosisAnswers } from './DiagnosisAnswers';
export type { LadderSubject, RungSource } from './RungSource';
