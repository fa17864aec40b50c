import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes the programs of `examples/propagation` into the table that the views show:
 * `node scripts/run.mjs plugins/mesh-tracing-common/scripts/propagationSnippets.ts`.
 */
const FILES = {
  node: 'service.js',
  python: 'service.py',
  go: 'main.go',
  java: 'Service.java',
};
const root = join(__dirname, '../../..');
const snippets = Object.entries(FILES).flatMap(([language, file]) =>
  ['opentelemetry', 'by-hand'].map(way => ({
    language,
    way,
    file,
    text: readFileSync(
      join(root, 'examples/propagation', language, way, file),
      'utf8',
    ),
  })),
);

writeFileSync(
  join(
    __dirname,
    '../src/propagation/snippets/propagationSnippets.generated.ts',
  ),
  `import type { PropagationSnippet } from './PropagationSnippet';

/**
 * The programs of \`examples/propagation\`, which a check of the lab runs behind real
 * Envoys; \`scripts/propagationSnippets.ts\` writes them here.
 * @public
 */
export const propagationSnippets: PropagationSnippet[] = ${JSON.stringify(
    snippets,
    null,
    2,
  )};
`,
);
