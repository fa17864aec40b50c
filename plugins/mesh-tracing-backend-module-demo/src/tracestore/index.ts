export type { RecordedTrace, SpanTemplate } from './RecordedTrace';
export { SimulatedTraceStore } from './SimulatedTraceStore';
export { TraceRing } from './TraceRing';
export { RequestLedger, type ServedRequest } from './RequestLedger';
