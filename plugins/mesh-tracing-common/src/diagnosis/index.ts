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
export {
  arrivalUnread,
  judgeArrival,
  type ArrivalFacts,
} from './store/judgeArrival';
export {
  EARLY_PART,
  judgeLimits,
  limitsUnread,
  type LimitsFacts,
} from './store/judgeLimits';
export { judgeNames, namesUnread, type NamesFacts } from './store/judgeNames';
export { judgeNoStore, judgeStore, storeWithheld } from './store/judgeStore';
export { nearNames } from './store/nearNames';
export type {
  NoStoreFacts,
  StoreFacts,
  StoreProblemFacts,
} from './store/StoreFacts';
export { storeRungCatalog, type StoreRungCode } from './store/storeRungCatalog';
export { doubtDecision } from './traffic/doubtDecision';
export {
  decisionWithheld,
  judgeDecision,
  type DecisionFacts,
  type FirstHopFacts,
} from './traffic/judgeDecision';
export {
  exportWithheld,
  judgeExport,
  type CollectorFacts,
  type ExportFacts,
  type ProxyExportFacts,
} from './traffic/judgeExport';
export {
  judgeTraffic,
  trafficWithheld,
  type TrafficFacts,
} from './traffic/judgeTraffic';
export {
  trafficRungCatalog,
  type TrafficRungCode,
} from './traffic/trafficRungCatalog';
export { clockAhead, provenNames } from './store/spansOfSubject';
export {
  judgePropagation,
  type PropagationFacts,
} from './propagation/judgePropagation';
export { propagationRungCatalog } from './propagation/propagationRungCatalog';
