export { CallerAccess, type CallerContext } from './CallerAccess';
export { DefaultEntityAccess, entityRefOf } from './DefaultEntityAccess';
export type { EntityAccess } from './EntityAccess';
export { EntityNames, entityOf, type ReadableRefs } from './EntityNames';
export { OwnershipResolver } from './OwnershipResolver';
export { readOwnershipConfig } from './readOwnershipConfig';
export type { ScopeAccess, WriteAccess } from './WriteAccess';
