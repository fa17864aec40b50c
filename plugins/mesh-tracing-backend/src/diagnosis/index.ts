export { ConfigurationRungs } from './configuration/ConfigurationRungs';
export { DiagnosisAnswers } from './DiagnosisAnswers';
export {
  type PropagationJudge,
  PropagationRungs,
} from './propagation/PropagationRungs';
export { MeshMetrics } from './traffic/MeshMetrics';
export { StoreRungs } from './store/StoreRungs';
export { TrafficRungs } from './traffic/TrafficRungs';
export { readMeshMetricsConfigs } from './traffic/readMeshMetricsConfigs';
export { TracedPropagation } from './propagation/TracedPropagation';
export type { LadderSubject, RungSource } from './RungSource';
