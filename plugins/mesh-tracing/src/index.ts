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
  type TimeWindow,
} from './shared/api/MeshTracingApi';
export { meshTracingTranslationRef } from './shared/translation/meshTracingTranslationRef';
