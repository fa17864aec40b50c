export { meshTracingTranslationRef } from './meshTracingTranslationRef';
