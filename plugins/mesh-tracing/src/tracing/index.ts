export { FieldValue } from './fields/FieldValue';
export { changedFields } from './fields/changedFields';
export { mainSide } from './fields/mainSide';
export { tagText } from './fields/tagText';
export { useFieldNames } from './fields/useFieldNames';
export { WorkloadLadder } from './ladder/WorkloadLadder';
export type { Field } from './ladder/rungs';
