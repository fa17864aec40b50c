export { formatTraceReport } from './formatTraceReport';
export { collectErrors, type ReportedError } from './reportedErrors';
export {
  buildTraceReport,
  type ReportedSampling,
  type ReportedTracing,
  type TraceReport,
  type TraceReportInput,
} from './traceReport';
