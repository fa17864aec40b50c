import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './messages';

/**
 * The texts of Mesh Tracing, to be translated or replaced.
 * @public
 */
export const meshTracingTranslationRef = createTranslationRef({
  id: 'plugin.mesh-tracing',
  messages,
});
