export { LazyTraceView } from './LazyTraceView';
export { LazyTracesView } from './LazyTracesView';
export { CoverageNote } from './coverage/CoverageNote';
export { NoTraces } from './coverage/NoTraces';
export { windowTracesPatch } from './filter/windowTracesPatch';
