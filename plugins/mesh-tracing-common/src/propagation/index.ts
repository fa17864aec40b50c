export {
  collectPropagation,
  type PropagationScope,
} from './collectPropagation';
export {
  judgePropagationRung,
  type PropagationCode,
  type PropagationFigures,
  type PropagationVerdict,
} from './judgePropagationRung';
export type {
  MissingHeader,
  PropagationAnalysis,
  PropagationEvidence,
  PropagationExample,
  PropagationKind,
  PropagationKindCount,
  PropagationRates,
  PropagationRow,
  PropagationShare,
  WorkloadPropagation,
} from './model';
