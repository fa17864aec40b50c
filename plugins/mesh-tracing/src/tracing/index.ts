export { FieldValue } from './fields/FieldValue';
export { changedFields } from './fields/changedFields';
export { tagText } from './fields/tagText';
export { useFieldNames } from './fields/useFieldNames';
export { useNotTracedText } from './fields/useNotTracedText';
export { WorkloadLadder } from './ladder/WorkloadLadder';
export type { TracingField } from './fields/tracingFields';
