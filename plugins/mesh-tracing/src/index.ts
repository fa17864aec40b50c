/**
 * The frontend of Mesh Tracing, for the new frontend system. Apps of the legacy
 * system import from `./legacy`, translations come from `./translations`.
 *
 * @packageDocumentation
 */
export { meshTracingPlugin as default } from './plugin';
export {
  meshTracingApiRef,
  type MeshTracingApi,
  type ReportFormat,
  type RequestOptions,
  type StatisticsQuery,
  type TimeWindow,
  type TraceOptions,
} from './shared/api/MeshTracingApi';
export type { PartialTrace } from './shared/api/readTraceStream';
export { meshTracingTranslationRef } from './shared/translation/meshTracingTranslationRef';
