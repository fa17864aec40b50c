export { CallerAccess, type CallerContext } from './CallerAccess';
export { CallerDecisions } from './CallerDecisions';
export { DefaultEntityAccess } from './DefaultEntityAccess';
export type { EntityAccess, TraceCaller } from './EntityAccess';
export { EntityNames, entityOf, type ReadableRefs } from './EntityNames';
export { OwnershipResolver } from './OwnershipResolver';
export { readOwnershipConfig } from './readOwnershipConfig';
export { TraceAccess } from './TraceAccess';
export type { ScopeAccess, WriteAccess } from './WriteAccess';
export { WriteAnswers } from './WriteAnswers';
export {
  type Wishes,
  type WriteAction,
  WriteContext,
  WriteGate,
} from './WriteGate';
