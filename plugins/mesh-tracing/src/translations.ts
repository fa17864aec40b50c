/**
 * The texts of Mesh Tracing and their translations.
 *
 * @packageDocumentation
 */
export { meshTracingTranslationRef } from './shared/translation/meshTracingTranslationRef';
