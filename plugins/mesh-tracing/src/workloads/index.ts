export { LazyMissingAnnotation } from './LazyMissingAnnotation';
export { BindingNote } from './BindingNote';
export { MappingLine } from './MappingLine';
export { hasTracingAnnotation } from './hasTracingAnnotation';
