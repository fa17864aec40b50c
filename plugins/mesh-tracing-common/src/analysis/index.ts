export type { CriticalPathShare, TraceAnalysis } from './TraceAnalysis';
export { analyzeSpanTable, analyzeTraces } from './analyzeTraces';
