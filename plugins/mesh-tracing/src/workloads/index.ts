export { BindingNote } from './BindingNote';
export { MappingLine } from './MappingLine';
export { MissingAnnotation } from './MissingAnnotation';
export { hasTracingAnnotation } from './hasTracingAnnotation';
