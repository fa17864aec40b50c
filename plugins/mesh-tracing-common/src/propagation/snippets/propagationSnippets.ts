import type { PropagationSnippet } from './PropagationSnippet';
import snippets from './propagationSnippets.json';

/**
 * The programs of `examples/propagation`, which a check of the lab runs behind real
 * Envoys; `scripts/propagationSnippets.ts` writes them here.
 * @public
 */
export const propagationSnippets = snippets as PropagationSnippet[];
