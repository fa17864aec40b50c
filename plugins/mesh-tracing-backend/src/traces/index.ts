export { ForeignSpans, type ForeignSpansMode } from './ForeignSpans';
export { jaegerDefaults } from './jaegerDefaults';
export { publicCoverage } from './publicCoverage';
export { readTracesConfig } from './readTracesConfig';
export { resolveWindow, type TimeWindow } from './resolveWindow';
export { subjectOf } from './subjectOf';
export { type EntityAnalysis, TraceAnalyses } from './TraceAnalyses';
export { TraceAnswers } from './TraceAnswers';
export { shownParts, type TraceAnswer } from './shownParts';
