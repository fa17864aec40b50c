// Runs a TypeScript program of this repository: node scripts/run.mjs FILE [ARG …]
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/paths.mjs';
import { fail } from './lib/progress.mjs';
import { run } from './lib/run.mjs';
import { supportedEnvironment, supportedNode } from './lib/supportedNode.mjs';
import { transformArguments } from './lib/transform.mjs';

const [file, ...args] = process.argv.slice(2);
if (!file) fail('Usage: node scripts/run.mjs FILE [ARG …]');

await ensureDependencies();
process.exitCode = await run(
  supportedNode(),
  [...transformArguments(), join(root, file), ...args],
  {
    env: supportedEnvironment({
      NODE_ENV: process.env.NODE_ENV ?? 'development',
    }),
  },
);
