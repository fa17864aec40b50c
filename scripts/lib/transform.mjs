import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Arguments that make Node run the repository's TypeScript, workspaces included. */
export function transformArguments() {
  const require = createRequire(join(root, 'package.json'));
  return ['-r', require.resolve('@backstage/cli/config/nodeTransform.cjs')];
}
