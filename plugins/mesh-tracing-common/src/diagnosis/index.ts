export { composeLadder } from './composeLadder';
export type {
  AcceptanceFacts,
  ConfigurationFacts,
  UnreadFacts,
} from './configuration/ConfigurationFacts';
export { judgeConfiguration } from './configuration/judgeConfiguration';
export { nameEnvoyFilters } from './configuration/envoyFilterRungs';
export {
  kubernetesServiceOf,
  type KubernetesServiceName,
} from './configuration/provider/providerWords';
export { diagnosisCatalog } from './diagnosisCatalog';
export type {
  DiagnosisEvidence,
  DiagnosisMend,
  DiagnosisRung,
  RungVerdict,
  WorkloadDiagnosis,
} from './model/Diagnosis';
export type { DiagnosisDescription } from './model/DiagnosisDescription';
export {
  faultyRung,
  goodRung,
  type Judgement,
  unknownRung,
} from './model/judged';
export { RUNG_IDS, type RungId } from './model/rungIds';
export type { ServiceEndpoints } from './model/ServiceEndpoints';
