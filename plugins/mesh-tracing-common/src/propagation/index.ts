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
export {
  type HeaderPurpose,
  type RequiredHeader,
  requiredHeaders,
} from './requiredHeaders';
export type { PropagationSnippet } from './snippets/PropagationSnippet';
export { propagationSnippets } from './snippets/propagationSnippets.generated';
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
